import { pipeline, Readable } from 'node:stream'
import { promisify } from 'node:util'
import { createGunzip, inflateRaw } from 'node:zlib'
import { AppError } from '#shared/errors.ts'
import type { Connection } from '../connection.ts'
import { portionBytes, replyLimitBytes } from './receive.ts'

const inflate = promisify(inflateRaw)

/** A stored reply's bytes as they came, portion by portion; each next one is unpacked while this one is worked on. */
export async function* storedBytes(replies: Connection, replyId: number): AsyncGenerator<Uint8Array> {
  const load = (position: number): Promise<Uint8Array> | null => {
    const chunk = replies.get<{ data: Uint8Array }>('SELECT data FROM reply_chunks WHERE reply = ? AND position = ?', [
      replyId,
      position,
    ])
    if (chunk === undefined) return null
    const bytes = inflate(chunk.data, { chunkSize: portionBytes })
    // Whoever stops reading early never looks at the one that is under way.
    bytes.catch(() => undefined)
    return bytes
  }
  let next = load(0)
  for (let position = 1; next !== null; position += 1) {
    const bytes = await next
    next = load(position)
    yield bytes
  }
}

/**
 * The same, unpacked where the upstream sent gzip and did not say so. Throws tooLarge beyond the bound of every reply.
 * What is no whole gzip ends where it breaks.
 */
export async function* replyBytes(
  replies: Connection,
  replyId: number,
  limitBytes: number = replyLimitBytes,
): AsyncGenerator<Uint8Array> {
  const stored = storedBytes(replies, replyId)
  const first = await stored.next()
  if (first.done === true) return
  const all = startingWith(first.value, stored)
  yield* isGzip(first.value) ? gunzipped(all, limitBytes) : all
}

async function* startingWith(first: Uint8Array, others: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first
  yield* others
}

function isGzip([first, second, third]: Uint8Array): boolean {
  return first === 0x1f && second === 0x8b && third === 0x08
}

async function* gunzipped(packed: AsyncGenerator<Uint8Array>, limitBytes: number): AsyncGenerator<Uint8Array> {
  const unpacked = pipeline(Readable.from(packed), createGunzip({ chunkSize: 262_144 }), () => undefined)
  let bytes = 0
  try {
    for await (const piece of unpacked as AsyncIterable<Uint8Array>) {
      bytes += piece.byteLength
      if (bytes > limitBytes) throw new AppError('tooLarge', 'the reply is too large', { data: { limitBytes } })
      yield piece
    }
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown
  }
}
