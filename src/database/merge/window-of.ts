import type { Range } from '#domain/ranges.ts'
import type { Connection } from '../connection.ts'

export interface RequestWindow {
  channel: string
  /** null: an incremental call. */
  range: Range | null
}

/** What a request asked for; null: it is not there any more. */
export function windowOf(orders: Connection, requestId: number): RequestWindow | null {
  const row = orders.get<{ channel: string; range_from: string | null; range_to: string | null }>(
    'SELECT channel, range_from, range_to FROM requests WHERE id = ?',
    [requestId],
  )
  if (row === undefined) return null
  const { channel, range_from: from, range_to: to } = row
  return { channel, range: from === null || to === null ? null : { from, to } }
}
