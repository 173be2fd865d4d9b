import { promisify } from 'node:util'
import { deflateRaw } from 'node:zlib'
import type { AcceptedPush } from './push-door.ts'

const deflate = promisify(deflateRaw)

/** A push as it goes to the database process and is stored there. */
export type PackedPush = Omit<AcceptedPush, 'body'> & { bytes: number; packed: Uint8Array<ArrayBuffer> }

/**
 * Packs the body, off this thread: ten megabytes on the way to the database process would keep every push behind them
 * waiting.
 */
export async function packPush({ body, ...push }: AcceptedPush): Promise<PackedPush> {
  const packed = await deflate(body, { level: 1 })
  return { ...push, bytes: body.byteLength, packed }
}
