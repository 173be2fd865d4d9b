import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { openConnection } from '#database/connection.ts'
import { testKey } from './database.ts'

/** A raw reply as the replies file holds it. */
export interface KeptReply {
  state: 'receiving' | 'complete' | 'cutOff'
  /** 1: it outlives the time for which others are kept. */
  keep: number
  length: number
  /** Its first bytes: a reply may be half a gigabyte. */
  head: Buffer
}

const headBytes = 1_048_576

/** What is on disk of every reply, in the order in which they came. The database must be closed. */
export async function keptReplies(folder: string): Promise<KeptReply[]> {
  const connection = await openConnection(join(folder, 'orders-replies.db'), testKey, () => undefined)
  const kept = connection
    .all<{ id: number; state: KeptReply['state']; keep: number; bytes: number }>(
      'SELECT id, state, keep, bytes FROM replies ORDER BY id',
    )
    .map(({ id, state, keep }): KeptReply => {
      let length = 0
      let head = Buffer.alloc(0)
      const positions = connection.column<number>(
        'SELECT position FROM reply_chunks WHERE reply = ? ORDER BY position',
        [id],
      )
      for (const position of positions) {
        const sql = 'SELECT data FROM reply_chunks WHERE reply = ? AND position = ?'
        const bytes = inflateRawSync(connection.get<{ data: Uint8Array }>(sql, [id, position])!.data)
        length += bytes.length
        if (head.length < headBytes) head = Buffer.concat([head, bytes])
      }
      return { state, keep, length, head }
    })
  connection.close()
  return kept
}

/** The raw body and query of every push on disk, in the order in which they came. The database must be closed. */
export async function keptPushes(folder: string): Promise<{ query: string; body: Buffer }[]> {
  const connection = await openConnection(join(folder, 'orders-replies.db'), testKey, () => undefined)
  const rows = connection.all<{ query: string; data: Uint8Array }>('SELECT query, data FROM pushes ORDER BY id')
  connection.close()
  return rows.map(({ query, data }) => ({ query, body: inflateRawSync(data) }))
}
