import { giveBack } from '../forget.ts'
import type { Session } from '../session.ts'
import { purgePushes } from '../pushes/purge-pushes.ts'
import { untilNextTurn } from '../steps.ts'

/**
 * Drops replies that began before, unless something in them is unreadable or unclear, or they still wait to be
 * merged. One reply a transaction: the largest is half a gigabyte.
 */
export async function purgeReplies({ orders, replies }: Session, before: number): Promise<number> {
  const ids = replies.column<number>(
    `SELECT id FROM replies WHERE began_at < ? AND keep = 0 AND (merged = 1 OR state = 'cutOff')`,
    [before],
  )
  for (const id of ids) {
    await replies.write(() => {
      replies.run('DELETE FROM reply_chunks WHERE reply = ?', [id])
      replies.run('DELETE FROM replies WHERE id = ?', [id])
    })
    await untilNextTurn()
  }
  await purgePushes(orders, replies, before)
  await giveBack(replies)
  return ids.length
}
