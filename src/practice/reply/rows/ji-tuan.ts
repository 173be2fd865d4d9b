import { productionWords } from '../../world/facts.ts'
import type { OrderState } from '../../world/world.ts'
import { type Row, phoneOf, textOf, yuan } from './row.ts'

/** 极团: camel case, words first, times '' when there are none. */
export function jiTuanRow(order: OrderState): Row {
  const { birth, facts } = order
  return {
    orderId: birth.orderNo,
    partner_order_no: birth.ownNo,
    goodsId: birth.product.id,
    goodsName: birth.product.name,
    idCardName: birth.customerName,
    idCard: birth.idNumber,
    contactPhone: phoneOf(order),
    addressProvince: birth.province,
    addressCity: birth.city,
    addressDistrict: birth.district,
    address: birth.address,
    selectPhone: birth.pickedNumber,
    production_number: facts.producedNumber,
    order_status: facts.status,
    statusName: productionWords[facts.status],
    applyFailReason: facts.reason,
    mark: facts.remark,
    iccid: facts.iccid,
    expressName: facts.courier,
    expressNo: facts.trackingNo,
    shipTime: textOf(facts.shippedMs),
    active_state: facts.activatedMs === null ? '未激活' : '已激活',
    activateAt: textOf(facts.activatedMs),
    firstRechargeStatus: facts.rechargedMs === null ? '未首充' : '已首充',
    firstRechargeMoney: facts.rechargedMs === null ? '' : String(facts.rechargeYuan),
    firstRechargeAt: textOf(facts.rechargedMs),
    settleReward: yuan(birth.product.commissionFen),
    settleStatus: facts.settlement,
    settleAt: textOf(facts.settledMs),
    refundStatus: facts.refundedMs === null ? '' : '已退款',
    source: birth.source,
    agent_id: birth.agent?.id ?? '',
    createdAt: textOf(birth.createdMs),
    updatedAt: textOf(order.updatedMs),
  }
}

/** What a status callback names. */
export const jiTuanStatusNames: readonly string[] = [
  'orderId',
  'partner_order_no',
  'production_number',
  'order_status',
  'statusName',
  'iccid',
  'expressNo',
  'expressName',
  'applyFailReason',
  'active_state',
  'activateAt',
  'firstRechargeStatus',
  'firstRechargeAt',
  'firstRechargeMoney',
  'settleStatus',
  'refundStatus',
  'updatedAt',
]
