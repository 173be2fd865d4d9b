import type { OrderColumn } from '#domain/vocabulary.ts'
import type { OrderRow } from '#shared/contract/orders.ts'

/** The stage stands above, what the merchant wrote has an editor of its own, and the account is the one that is chosen. */
export type DrawerField = Exclude<OrderColumn, 'account' | 'stage' | 'note' | 'tags' | 'flag'>

/** Every field of an order, grouped as a merchant thinks of them. */
export const drawerSections = [
  { name: 'customer', fields: ['customerName', 'phone', 'idNumber', 'province', 'city', 'district', 'address'] },
  { name: 'product', fields: ['productName', 'productId'] },
  { name: 'number', fields: ['producedNumber', 'iccid'] },
  { name: 'logistics', fields: ['courier', 'trackingNo', 'shippedAt'] },
  { name: 'production', fields: ['status', 'reason', 'remark', 'refund'] },
  { name: 'activation', fields: ['activation', 'activatedAt'] },
  { name: 'recharge', fields: ['recharge', 'rechargeAmount', 'rechargedAt'] },
  { name: 'settlement', fields: ['settlement', 'commission', 'settledAt', 'settlementRule'] },
  {
    name: 'source',
    fields: ['orderNo', 'ownNo', 'type', 'source', 'agent', 'createdAt', 'updatedAt', 'firstSeenAt', 'changedAt'],
  },
] as const satisfies readonly { name: string; fields: readonly DrawerField[] }[]

function isFilled(row: OrderRow, field: DrawerField): boolean {
  return row[field] !== null && row[field] !== ''
}

export interface FilledSection {
  name: (typeof drawerSections)[number]['name']
  fields: DrawerField[]
}

/** The sections with what this order has, and the fields that it does not have. */
export function sectionsOf(row: OrderRow): { filled: FilledSection[]; empty: DrawerField[] } {
  const split = drawerSections.map(({ name, fields }) => ({
    name,
    fields: fields.filter((field) => isFilled(row, field)),
    empty: fields.filter((field) => !isFilled(row, field)),
  }))
  return {
    filled: split.filter(({ fields }) => fields.length > 0).map(({ name, fields }) => ({ name, fields })),
    empty: split.flatMap(({ empty }) => empty),
  }
}
