import { inflateRawSync } from 'node:zlib'
import type { PushRequest } from '#domain/push/open-push.ts'
import { pushLimits } from '#shared/contract/receiver.ts'
import type { Connection } from '../connection.ts'

/** A push as it was received, and what is known of its arrival. */
export interface PushBody extends PushRequest {
  id: number
  uid: string
  accountId: string
  receivedAt: number
  afterAttempt: number
}

interface Row {
  id: number
  uid: string
  account_id: string
  received_at: number
  after_attempt: number
  method: string
  content_type: string
  query: string
  bytes: number
  data: Uint8Array
}

const mostPushes = 100
const mostBytes = 8 * 1_048_576

/** The next pushes that are not merged, in the order in which they came: as many as are merged at once. */
export function nextUnmerged(replies: Connection, afterId: number): PushBody[] {
  const bodies: PushBody[] = []
  let bytes = 0
  for (let last = afterId; bodies.length < mostPushes && bytes < mostBytes;) {
    const row = replies.get<Row>('SELECT * FROM pushes WHERE merged = 0 AND id > ? ORDER BY id LIMIT 1', [last])
    if (row === undefined) break
    last = row.id
    bytes += row.bytes
    bodies.push(bodyOf(row))
  }
  return bodies
}

export function countUnmerged(replies: Connection, accountId: string): number {
  const sql = 'SELECT count(*) AS count FROM pushes WHERE merged = 0 AND account_id = ?'
  return replies.get<{ count: number }>(sql, [accountId])?.count ?? 0
}

function bodyOf(row: Row): PushBody {
  return {
    id: row.id,
    uid: row.uid,
    accountId: row.account_id,
    receivedAt: row.received_at,
    afterAttempt: row.after_attempt,
    method: row.method,
    contentType: row.content_type,
    query: row.query,
    body: inflateRawSync(row.data, { maxOutputLength: pushLimits.bodyBytes + 1 }),
  }
}
