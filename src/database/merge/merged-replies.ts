import { mergeResultSchema, type MergeResult } from '#shared/database/contract.ts'
import type { Connection } from '../connection.ts'

/** What a reply came to when it was merged; null: it was not. */
export function findMerged(orders: Connection, uid: string): MergeResult | null {
  const row = orders.get<{ result: string }>('SELECT result FROM merged_replies WHERE uid = ?', [uid])
  return row === undefined ? null : mergeResultSchema.parse(JSON.parse(row.result))
}

/** True where something of a reply was not understood: then nothing but the raw reply tells what it held. */
export function isToBeKept({
  unreadable,
  outcome,
  error,
}: Pick<MergeResult, 'unreadable' | 'outcome' | 'error'>): boolean {
  return unreadable > 0 || outcome === 'unclear' || error === 'notJson' || error === 'tooLarge'
}

/** Notes it with the raw reply too, which is kept for ever while something in it is unreadable or unclear. */
export async function markMerged(replies: Connection, replyId: number, result: MergeResult): Promise<void> {
  const keep = isToBeKept(result) ? 1 : 0
  await replies.write(() => replies.run('UPDATE replies SET merged = 1, keep = ? WHERE id = ?', [keep, replyId]))
}
