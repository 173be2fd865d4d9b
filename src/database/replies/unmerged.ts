import type { OutputOf } from '#shared/rpc/route.ts'
import type { DatabaseRoutes } from '#shared/database/contract.ts'
import type { Session } from '../session.ts'

interface Candidate {
  replyId: number
  uid: string
  accountId: string
  requestId: number
}

/** Durable but not merged, in the order in which their requests left: the order in which they must be merged. */
export async function listUnmerged(session: Session): Promise<OutputOf<DatabaseRoutes['replies.listUnmerged']>> {
  const candidates = session.replies.all<Candidate>(
    `SELECT id AS replyId, uid, account_id AS accountId, request AS requestId FROM replies
     WHERE state = 'complete' AND merged = 0 ORDER BY attempt LIMIT 10000`,
  )
  const isMerged = ({ uid }: Candidate): boolean =>
    session.orders.get('SELECT 1 FROM merged_replies WHERE uid = ?', [uid]) !== undefined
  return candidates
    .filter((candidate) => !isMerged(candidate))
    .map(({ replyId, accountId, requestId }) => ({ replyId, accountId, requestId }))
}
