import { mergeResultSchema, type MergeResult } from '#shared/database/contract.ts'
import type { Connection } from '../connection.ts'

/** What a reply came to when it was merged; null: it was not. */
export function findMerged(orders: Connection, uid: string): MergeResult | null {
  const row = orders.get<{ result: string }>('SELECT result FROM merged_replies WHERE uid = ?', [uid])
  return row === undefined ? null : mergeResultSchema.parse(JSON.parse(row.result))
}

/** Notes it with the raw reply too, which is kept for ever while something in it is unreadable or unclear. */
export async function markMerged(replies: Connection, replyId: number, result: MergeResult): Promise<void> {
  const keep = result.unreadable > 0 || result.outcome === 'unclear' ? 1 : 0
  await replies.write(() => replies.run('UPDATE replies SET merged = 1, keep = ? WHERE id = ?', [keep, replyId]))
}
