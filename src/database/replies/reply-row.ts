import type { Channel } from '#domain/vocabulary.ts'
import type { Connection } from '../connection.ts'
import { missing } from '../session.ts'

/** A stored reply and what it answers. */
export interface ReplyRow {
  id: number
  uid: string
  attempt: number
  request: number
  run: number
  account: number
  account_id: string
  type: number
  channel: Channel
  sent_at: number
  began_at: number
  ended_at: number | null
  http_status: number
  content_type: string
  state: 'receiving' | 'complete' | 'cutOff'
  bytes: number
  merged: number
}

export function findReply(replies: Connection, replyId: number): ReplyRow {
  return (
    replies.get<ReplyRow>(
      `SELECT id, uid, attempt, request, run, account, account_id, type, channel, sent_at, began_at, ended_at, http_status,
              content_type, state, bytes, merged FROM replies WHERE id = ?`,
      [replyId],
    ) ?? missing('reply')
  )
}
