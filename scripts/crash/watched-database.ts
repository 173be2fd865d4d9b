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

/** Told of every reply that is about to be made durable, and again once the database has said that it is. */
export interface ReplyWatcher {
  finishing(replyId: number, text: string): void
  durable(replyId: number): void
}

/** The same client, with checkpoints around the calls that matter and a watcher of what becomes durable. */
export function watchDatabase(client: DatabaseClient, checkpoints: Checkpoints, watcher: ReplyWatcher): DatabaseClient {
  const coming = new Map<number, Uint8Array[]>()
  const noteBefore = (name: string, { replyId, chunk }: { replyId: number; chunk: Uint8Array }): void => {
    if (name === 'replies.append') coming.set(replyId, [...(coming.get(replyId) ?? []), chunk])
    if (name !== 'replies.finish') return
    watcher.finishing(replyId, Buffer.concat(coming.get(replyId) ?? []).toString('utf8'))
    coming.delete(replyId)
  }
  return {
    ...client,
    async call(name, input, options = {}) {
      if (!watched.has(name)) return client.call(name, input, options)
      noteBefore(name, input as { replyId: number; chunk: Uint8Array })
      await checkpoints.pass(`before ${name}`)
      const output = await client.call(name, input, {
        ...options,
        onProgress: (value) => {
          void checkpoints.pass(`during ${name}`)
          options.onProgress?.(value)
        },
      })
      if (name === 'replies.finish') watcher.durable((input as { replyId: number }).replyId)
      await checkpoints.pass(`after ${name}`)
      return output
    },
  }
}
