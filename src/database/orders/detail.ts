import { AppError } from '#shared/errors.ts'
import { limits } from '#shared/contract/common.ts'
import type { OrderDetail, StatusChange } from '#shared/contract/orders.ts'
import type { Axis, Stage } from '#domain/vocabulary.ts'
import type { InputOf } from '#shared/rpc/route.ts'
import type { DatabaseRoutes } from '#shared/database/contract.ts'
import { findAccount, type Session } from '../session.ts'
import { rowSql } from './columns.ts'
import { maskOriginal } from './mask-original.ts'
import { fieldsOf } from './order-table.ts'
import { toOrderRow, type StoredOrderRow } from './row.ts'

const changesShown = 2_000

export interface ChangeRow {
  id: number
  axis: Axis
  had_before: number
  from_word: string | null
  from_code: string | null
  to_word: string | null
  to_code: string | null
  stage: Stage
  backward: number
  seen_at: number
  upstream_at: string | null
  run: number
  push: number | null
}

/** Throws orderNotFound. */
export function readDetail(session: Session, input: InputOf<DatabaseRoutes['orders.detail']>): OrderDetail {
  const account = findAccount(session.orders, input.accountId)
  const sql = `SELECT ${rowSql} FROM orders WHERE id = ? AND account = ?`
  const row = session.orders.get<StoredOrderRow>(sql, [input.id, account])
  if (row === undefined) throw new AppError('orderNotFound')
  return toDetail(session, row, input.reveal)
}

/** The orders under a number, over both types, unmasked. */
export function readByNumber(session: Session, accountId: string, orderNo: string): OrderDetail[] {
  const account = findAccount(session.orders, accountId)
  const sql = `SELECT ${rowSql} FROM orders WHERE account = ? AND order_no = ? ORDER BY type`
  return session.orders.all<StoredOrderRow>(sql, [account, orderNo]).map((row) => toDetail(session, row, true))
}

function toDetail({ orders }: Session, row: StoredOrderRow, reveal: boolean): OrderDetail {
  const original =
    orders.get<{ json: string }>('SELECT json FROM order_originals WHERE order_id = ?', [row.id])?.json ?? ''
  const changes = orders.all<ChangeRow>(
    `SELECT id, axis, had_before, from_word, from_code, to_word, to_code, stage, backward, seen_at, upstream_at, run, push
     FROM status_changes WHERE order_id = ? ORDER BY pull_order DESC, push IS NOT NULL DESC, id DESC LIMIT ${changesShown}`,
    [row.id],
  )
  const shown = reveal ? original : maskOriginal(original, fieldsOf(row))
  return { row: toOrderRow(row, reveal), original: shown.slice(0, limits.json), changes: changes.map(toStatusChange) }
}

export function toStatusChange(change: ChangeRow): StatusChange {
  return {
    id: change.id,
    axis: change.axis,
    from: change.had_before === 1 ? { word: change.from_word, code: change.from_code } : null,
    to: { word: change.to_word, code: change.to_code },
    stage: change.stage,
    backward: change.backward === 1,
    seenAt: change.seen_at,
    upstreamAt: change.upstream_at,
    // A status callback without an order number is matched like a push, yet a run asked for it.
    pushed: change.push !== null && change.run === 0,
  }
}
