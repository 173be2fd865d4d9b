import type { OutputOf } from '#shared/rpc/route.ts'
import type { DatabaseRoutes } from '#shared/database/contract.ts'
import { findMerged, markMerged } from '../merge/merged-replies.ts'
import type { Session } from '../session.ts'

interface Candidate {
  replyId: number
  uid: string
  accountId: string
  requestId: number
}

/** Durable but not merged, in the order in which their requests left: the order in which they must be merged. */
export async function listUnmerged({
  orders,
  replies,
}: Session): Promise<OutputOf<DatabaseRoutes['replies.listUnmerged']>> {
  const candidates = replies.all<Candidate>(
    `SELECT id AS replyId, uid, account_id AS accountId, request AS requestId FROM replies
     WHERE state = 'complete' AND merged = 0 ORDER BY attempt LIMIT 10000`,
  )
  const unmerged = []
  for (const { uid, ...reply } of candidates) {
    const result = findMerged(orders, uid)
    if (result === null) unmerged.push(reply)
    // The process ended between the two files' commits.
    else await markMerged(replies, reply.replyId, result)
  }
  return unmerged
}
