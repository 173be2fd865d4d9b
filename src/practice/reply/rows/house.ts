import { productionWords, type ProductionCode } from '../../world/facts.ts'
import type { OrderState } from '../../world/world.ts'
import { type Row, phoneOf } from './row.ts'

/**
 * A house of its own: names that nobody else uses and some that mislead. The order number stands under `slip` beside a
 * row `id`, `mobile` is the salesman's, status numbers are the house's own and have no words, times are UTC in the
 * English way. Nobody reads this right without being told.
 */
export function houseRow(order: OrderState): Row {
  const { birth, facts } = order
  const serial = Number(birth.orderNo.slice(-7))
  return {
    id: 10_000_000 + serial,
    slip: birth.orderNo,
    goods: birth.product.name,
    id_name: birth.customerName,
    tel_b: phoneOf(order),
    mobile: `1390000${String(serial % 7).padStart(4, '0')}`,
    id_num: birth.idNumber,
    province: birth.province,
    city: birth.city,
    address: birth.address,
    status: houseCode(facts.status),
    is_activated: facts.activatedMs === null ? 0 : 1,
    is_recharged: facts.rechargedMs === null ? 0 : 1,
    settled_text: facts.settlement,
    waybill_firm: facts.courier,
    tracking_number: facts.trackingNo,
    placed_when: english(birth.createdMs),
    reason: facts.reason,
  }
}

/** The house counts its statuses by itself. */
export function houseCode(status: ProductionCode): number {
  return (Object.keys(productionWords) as ProductionCode[]).indexOf(status) + 1
}

/** DD/MM/YYYY HH:mm:ss, UTC. */
function english(ms: number): string {
  const iso = new Date(ms).toISOString()
  return `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)} ${iso.slice(11, 19)}`
}

/** What a status callback names. */
export const houseStatusNames: readonly string[] = ['id', 'slip', 'status', 'is_activated', 'is_recharged']
