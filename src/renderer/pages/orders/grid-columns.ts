import type { OrderColumn } from '#domain/vocabulary.ts'

/** How a grid cell is shown. `word`: as it is. */
export type CellKind = 'word' | 'stage' | 'type' | 'beijing' | 'moment' | 'amount' | 'flag' | 'tags'

export type GridColumnName = Exclude<OrderColumn, 'account'>

export interface GridColumn {
  name: GridColumnName
  /** CSS pixels at 13 px text: what the column's usual content needs. */
  width: number
  kind: CellKind
  /** As it is without a choice of the merchant's. */
  hidden?: true
  pinned?: true
}

/** What a merchant looks for first stands first; on a 1366-pixel screen the first eight are in view. */
export const gridColumns: readonly GridColumn[] = [
  { name: 'orderNo', width: 172, kind: 'word', pinned: true },
  { name: 'stage', width: 144, kind: 'stage' },
  { name: 'productName', width: 132, kind: 'word' },
  { name: 'customerName', width: 84, kind: 'word' },
  { name: 'phone', width: 116, kind: 'word' },
  { name: 'status', width: 104, kind: 'word' },
  { name: 'trackingNo', width: 136, kind: 'word' },
  { name: 'createdAt', width: 132, kind: 'beijing' },
  { name: 'changedAt', width: 132, kind: 'moment' },
  { name: 'producedNumber', width: 120, kind: 'word' },
  { name: 'activation', width: 104, kind: 'word' },
  { name: 'rechargeAmount', width: 112, kind: 'amount' },
  { name: 'settlement', width: 104, kind: 'word' },
  { name: 'commission', width: 100, kind: 'amount' },
  { name: 'reason', width: 176, kind: 'word' },
  { name: 'remark', width: 144, kind: 'word' },
  { name: 'flag', width: 80, kind: 'flag' },
  { name: 'tags', width: 144, kind: 'tags' },
  { name: 'note', width: 176, kind: 'word' },
  { name: 'courier', width: 104, kind: 'word' },
  { name: 'province', width: 88, kind: 'word' },
  { name: 'city', width: 88, kind: 'word' },
  { name: 'source', width: 112, kind: 'word' },
  { name: 'district', width: 88, kind: 'word', hidden: true },
  { name: 'address', width: 200, kind: 'word', hidden: true },
  { name: 'idNumber', width: 160, kind: 'word', hidden: true },
  { name: 'ownNo', width: 160, kind: 'word', hidden: true },
  { name: 'productId', width: 104, kind: 'word', hidden: true },
  { name: 'iccid', width: 176, kind: 'word', hidden: true },
  { name: 'shippedAt', width: 132, kind: 'beijing', hidden: true },
  { name: 'activatedAt', width: 132, kind: 'beijing', hidden: true },
  { name: 'recharge', width: 104, kind: 'word', hidden: true },
  { name: 'rechargedAt', width: 132, kind: 'beijing', hidden: true },
  { name: 'settledAt', width: 132, kind: 'beijing', hidden: true },
  { name: 'settlementRule', width: 144, kind: 'word', hidden: true },
  { name: 'refund', width: 112, kind: 'word', hidden: true },
  { name: 'agent', width: 112, kind: 'word', hidden: true },
  { name: 'type', width: 88, kind: 'type', hidden: true },
  { name: 'updatedAt', width: 132, kind: 'beijing', hidden: true },
  { name: 'firstSeenAt', width: 132, kind: 'moment', hidden: true },
]
