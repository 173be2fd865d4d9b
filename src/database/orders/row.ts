import { maskField } from '#domain/mask.ts'
import { orderFields, type OrderField, type Stage } from '#domain/vocabulary.ts'
import type { OrderRow } from '#shared/contract/orders.ts'
import { flagOf, tagsOf } from '../annotations/annotation-cells.ts'
import type { Value } from '../connection.ts'
import { typeOf } from '../session.ts'
import { fieldColumns } from './order-table.ts'

/** A row of `SELECT rowSql FROM orders`. */
export interface StoredOrderRow {
  id: number
  type: number
  stage: Stage
  first_seen_at: number
  changed_at: number
  backward: number
  gone_at: number | null
  note: string | null
  tags: string | null
  flag: string | null
  /** Only where a built-in view has a last day to act. */
  due_on?: string | null
  order_no: string
  status: string | null
  activation: string | null
  recharge: string | null
  settlement: string | null
  refund: string | null
  [column: string]: Value
}

/** Longest text of a cell that crosses to a page; the whole stays in the database and in exports. */
const cellLength = 2_000

/** The one place where a stored order becomes a grid row. */
export function toOrderRow(stored: StoredOrderRow, reveal: boolean): OrderRow {
  const cells = {} as Record<OrderField, string | null>
  for (const [index, field] of orderFields.entries()) {
    const value = stored[fieldColumns[index] ?? '']
    cells[field] = typeof value === 'string' ? clip(reveal ? value : maskField(field, value)) : null
  }
  return {
    id: stored.id,
    type: typeOf(stored.type),
    stage: stored.stage,
    ...cells,
    orderNo: clip(stored.order_no),
    status: clipOrNull(stored.status),
    activation: clipOrNull(stored.activation),
    recharge: clipOrNull(stored.recharge),
    settlement: clipOrNull(stored.settlement),
    refund: clipOrNull(stored.refund),
    firstSeenAt: stored.first_seen_at,
    changedAt: stored.changed_at,
    backward: stored.backward === 1,
    goneUpstreamAt: stored.gone_at,
    note: clipOrNull(stored.note),
    tags: tagsOf(stored.tags),
    flag: flagOf(stored.flag),
    dueOn: stored.due_on ?? null,
  }
}

function clip(text: string): string {
  return text.length > cellLength ? text.slice(0, cellLength) : text
}

function clipOrNull(text: string | null): string | null {
  return text === null ? null : clip(text)
}
