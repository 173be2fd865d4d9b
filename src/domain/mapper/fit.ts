import type { Column } from './column.ts'
import type { Looks } from './looks.ts'
import { isAmountField, isTimeField } from './values.ts'

/**
 * How well values look like a column's: 1 just like it, 0 says nothing, -1 cannot be it. The second opinion beside the
 * name. Without values it is always 0.
 */
export function fit(column: Column, looks: Looks): number {
  if (looks.count === 0) return 0
  if (isTimeField(column)) return signed(looks.time)
  if (isAmountField(column)) return looks.formattedTime > 0.5 || looks.phone > 0.5 ? -1 : signed(looks.number)
  const rule = rules[column]
  return rule === undefined ? 0 : Math.max(-1, Math.min(1, rule(looks)))
}

/** Values that are clearly something else than free text or a name. */
function alien(looks: Looks): number {
  return Math.max(looks.phone, looks.idNumber, looks.iccid, looks.formattedTime)
}
function signed(share: number): number {
  return share * 2 - 1
}
function text(bonus: number, looks: Looks): number {
  return alien(looks) > 0.5 ? -1 : bonus
}
function axis(looks: Looks): number {
  if (alien(looks) > 0.3 || looks.averageLength > 30) return -1
  return Math.max(looks.statusWord, looks.smallCode * 0.8, looks.distinct < 0.5 ? 0.2 : -0.2)
}
/** Letters and digits that identify something. A long run of digits may look like a phone or a card by chance. */
function identifier(looks: Looks): number {
  if (looks.formattedTime > 0.3) return -1
  if (looks.idNumber > 0.5 || looks.han > 0.8) return -0.6
  if (looks.phone > 0.8 || looks.iccid > 0.8) return -0.5
  return looks.idLike > 0.8 ? 0.3 + 0.5 * looks.distinct : -0.2
}

const rules: Partial<Record<Column, (looks: Looks) => number>> = {
  orderNo: identifier,
  ownNo: identifier,
  productId: (looks) => (alien(looks) > 0.5 ? -1 : looks.han > 0.8 ? -0.6 : 0.3),
  productName: (looks) => text(looks.number > 0.8 ? -0.5 : looks.person > 0.7 ? -0.6 : looks.product, looks),
  customerName: (looks) =>
    looks.number > 0.5 || looks.product > 0.5 || looks.averageLength > 20
      ? -1
      : text(Math.max(signed(looks.person), -0.3), looks),
  phone: (looks) => (looks.phone > 0.3 ? signed(looks.phone) : looks.han > 0.5 || looks.smallCode > 0.5 ? -1 : -0.3),
  producedNumber: (looks) =>
    looks.phone > 0.3
      ? signed(looks.phone)
      : looks.han > 0.5 || looks.smallCode > 0.5 || looks.idLike < 0.5
        ? -1
        : -0.3,
  idNumber: (looks) =>
    looks.idNumber > 0.3 ? signed(looks.idNumber) : looks.han > 0.5 || alien(looks) > 0.5 ? -1 : -0.3,
  iccid: (looks) => (looks.iccid > 0.3 ? 1 : looks.phone > 0.5 || looks.han > 0.5 ? -1 : -0.3),
  province: (looks) => (looks.province > 0.5 ? 1 : looks.courierCode > 0.5 || looks.han < 0.5 ? -0.8 : 0),
  city: (looks) => (looks.city > 0.5 ? 1 : looks.han < 0.5 ? -0.8 : 0),
  district: (looks) => (looks.district > 0.5 ? 1 : looks.han < 0.5 ? -0.8 : 0),
  address: (looks) =>
    looks.street > 0.4 ? 1 : looks.number > 0.5 || alien(looks) > 0.5 ? -1 : looks.han < 0.3 ? -0.4 : 0,
  courier: (looks) =>
    looks.courier > 0.3
      ? 1
      : looks.courierCode > 0.5
        ? 0.6
        : looks.tracking > 0.3
          ? -1
          : looks.number > 0.5
            ? -0.4
            : -0.1,
  trackingNo: (looks) => {
    if (looks.courier > 0.5 || looks.courierCode > 0.5 || looks.smallCode > 0.3 || looks.phone > 0.8) return -1
    return looks.tracking > 0.3
      ? 1
      : looks.han > 0.5 || looks.formattedTime > 0.3
        ? -1
        : looks.idLike > 0.5 && looks.averageLength >= 8
          ? 0.4
          : -0.3
  },
  production: axis,
  activation: axis,
  recharge: axis,
  settlement: axis,
  refund: axis,
  reason: (looks) => text(looks.smallCode > 0.8 ? -0.5 : 0.2, looks),
  remark: (looks) => text(0.2, looks),
  settlementRule: (looks) => text(0.2, looks),
  source: (looks) => text(0.2, looks),
  agent: (looks) => (looks.idNumber > 0.5 || looks.formattedTime > 0.5 ? -1 : 0.2),
}
