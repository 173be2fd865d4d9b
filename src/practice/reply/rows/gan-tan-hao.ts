import { productionWords, settlementCodes } from '../../world/facts.ts'
import type { OrderState } from '../../world/world.ts'
import { type Row, orNull, phoneOf, textOf, yuan } from './row.ts'

/** 敢探号: codes and words side by side, times null when there are none, an activated order stays 550. */
export function ganTanHaoRow(order: OrderState): Row {
  const { birth, facts } = order
  return {
    order_no: birth.orderNo,
    outer_id: birth.ownNo,
    product_id: birth.product.id,
    goods_name: birth.product.name,
    id_name: birth.customerName,
    id_num: birth.idNumber,
    mobile: phoneOf(order),
    province: birth.province,
    city: birth.city,
    district: birth.district,
    address: birth.address,
    plan_mobile: birth.pickedNumber,
    plan_mobile_produced: facts.producedNumber,
    status: Number(facts.status),
    status_name: productionWords[facts.status],
    reason: facts.reason,
    reason_tag: facts.reasonTag,
    remark: facts.remark,
    iccid: facts.iccid,
    tracking_company: facts.courier,
    tracking_number: facts.trackingNo,
    logistics_status: facts.parcel,
    ship_time: orNull(textOf(facts.shippedMs)),
    is_activated: facts.activatedMs === null ? 0 : 1,
    activated_at: orNull(textOf(facts.activatedMs)),
    is_recharged: facts.rechargedMs === null ? 0 : 1,
    recharged_at: orNull(textOf(facts.rechargedMs)),
    recharge_amount: facts.rechargedMs === null ? '' : String(facts.rechargeYuan),
    commission: yuan(birth.product.commissionFen),
    is_settled: settlementCodes[facts.settlement],
    settled_text: facts.settlement,
    settled_at: orNull(textOf(facts.settledMs)),
    refund_status: facts.refundedMs === null ? '' : '300',
    refund_text: facts.refundedMs === null ? '' : '已退款',
    source: birth.source,
    share_id: birth.agent?.id ?? '',
    shop_name: birth.agent?.shop ?? '',
    create_time: textOf(birth.createdMs),
    update_time: textOf(order.updatedMs),
  }
}

/** What a status callback names. */
export const ganTanHaoStatusNames: readonly string[] = [
  'order_no',
  'outer_id',
  'plan_mobile_produced',
  'status',
  'status_name',
  'iccid',
  'tracking_number',
  'tracking_company',
  'reason',
  'reason_tag',
  'is_activated',
  'activated_at',
  'is_recharged',
  'recharged_at',
  'recharge_amount',
  'is_settled',
  'settled_text',
  'refund_status',
  'refund_text',
  'update_time',
]
