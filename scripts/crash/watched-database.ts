import type { DatabaseClient } from '#main/processes/database-client.ts'
import type { Checkpoints } from './checkpoints.ts'

/** The steps of a sync or an export at which something can be half done. */
const watched: ReadonlySet<string> = new Set([
  'requests.open',
  'attempts.begin',
  'replies.begin',
  'replies.append',
  'replies.finish',
  'replies.merge',
  'exports.write',
])

/**
 * The same client, with checkpoints around the calls that matter. `onDurable` is told the text of every reply that the
 * database has called durable, before anything else happens to it.
 */
export function watchDatabase(
  client: DatabaseClient,
  checkpoints: Checkpoints,
  onDurable: (text: string) => void,
): DatabaseClient {
  const coming = new Map<number, Uint8Array[]>()
  const note = (name: string, input: unknown): void => {
    const { replyId, chunk } = input as { replyId: number; chunk: Uint8Array }
    if (name === 'replies.append') coming.set(replyId, [...(coming.get(replyId) ?? []), chunk])
    if (name !== 'replies.finish') return
    onDurable(Buffer.concat(coming.get(replyId) ?? []).toString('utf8'))
    coming.delete(replyId)
  }
  return {
    ...client,
    async call(name, input, options = {}) {
      if (!watched.has(name)) return client.call(name, input, options)
      await checkpoints.pass(`before ${name}`)
      const output = await client.call(name, input, {
        ...options,
        onProgress: (value) => {
          void checkpoints.pass(`during ${name}`)
          options.onProgress?.(value)
        },
      })
      note(name, input)
      await checkpoints.pass(`after ${name}`)
      return output
    },
  }
}
