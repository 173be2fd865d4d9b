import type { OrderColumn } from '#domain/vocabulary.ts'
import type { OrderRow } from '#shared/contract/orders.ts'

export type DrawerField = Exclude<OrderColumn, 'account' | 'stage' | 'note' | 'tags' | 'flag'>

/** Every field of an order, grouped as a merchant thinks of them. */
export const drawerSections = [
  { name: 'customer', fields: ['customerName', 'phone', 'idNumber', 'province', 'city', 'district', 'address'] },
  { name: 'number', fields: ['producedNumber', 'iccid'] },
  { name: 'parcel', fields: ['courier', 'trackingNo', 'shippedAt'] },
  { name: 'status', fields: ['status', 'activation', 'recharge', 'settlement', 'refund', 'reason', 'remark'] },
  {
    name: 'money',
    fields: ['activatedAt', 'rechargeAmount', 'rechargedAt', 'commission', 'settledAt', 'settlementRule'],
  },
  {
    name: 'order',
    fields: [
      'orderNo',
      'ownNo',
      'productName',
      'productId',
      'type',
      'source',
      'agent',
      'createdAt',
      'updatedAt',
      'firstSeenAt',
      'changedAt',
    ],
  },
] as const satisfies readonly { name: string; fields: readonly DrawerField[] }[]

/** The fields of a section that this order has. */
export function filledFields(row: OrderRow, fields: readonly DrawerField[]): DrawerField[] {
  return fields.filter((field) => row[field] !== null && row[field] !== '')
}
