import type { OrderColumn } from '#domain/vocabulary.ts'

/** How a grid cell is shown. `word`: as it is. */
export type CellKind = 'word' | 'stage' | 'beijing' | 'moment' | 'amount'

export interface GridColumn {
  name: Exclude<OrderColumn, 'account'>
  /** CSS pixels at 13 px text: what the column's usual content needs. */
  width: number
  kind: CellKind
  pinned?: true
}

/** What a merchant looks for first stands first; on a 1366-pixel screen the first eight are in view. */
export const gridColumns: readonly GridColumn[] = [
  { name: 'orderNo', width: 172, kind: 'word', pinned: true },
  { name: 'stage', width: 128, kind: 'stage' },
  { name: 'productName', width: 140, kind: 'word' },
  { name: 'customerName', width: 72, kind: 'word' },
  { name: 'phone', width: 116, kind: 'word' },
  { name: 'status', width: 104, kind: 'word' },
  { name: 'trackingNo', width: 144, kind: 'word' },
  { name: 'createdAt', width: 132, kind: 'beijing' },
  { name: 'changedAt', width: 132, kind: 'moment' },
  { name: 'producedNumber', width: 120, kind: 'word' },
  { name: 'activation', width: 96, kind: 'word' },
  { name: 'rechargeAmount', width: 96, kind: 'amount' },
  { name: 'settlement', width: 96, kind: 'word' },
  { name: 'commission', width: 88, kind: 'amount' },
  { name: 'reason', width: 176, kind: 'word' },
  { name: 'remark', width: 144, kind: 'word' },
  { name: 'courier', width: 104, kind: 'word' },
  { name: 'province', width: 88, kind: 'word' },
  { name: 'city', width: 88, kind: 'word' },
  { name: 'source', width: 112, kind: 'word' },
]
