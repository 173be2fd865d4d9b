import { beijingText } from '../beijing.ts'
import { productionWords, settlementCodes } from '../world/facts.ts'
import type { OrderState } from '../world/world.ts'
import { maskPhone } from '../world/people.ts'

type Row = Record<string, unknown>

export const textOf = (ms: number | null): string => (ms === null ? '' : beijingText(ms))
export const orNull = (text: string): string | null => (text === '' ? null : text)
export const phoneOf = ({ birth, masked }: OrderState): string => (masked ? maskPhone(birth.phone) : birth.phone)
export const yuan = (fen: number): string => (fen / 100).toFixed(2)

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

/** Chinese names and words only, as exported tables carry them. */
export function chineseRow(order: OrderState): Row {
  const { birth, facts } = order
  return {
    订单号: birth.orderNo,
    外部单号: birth.ownNo,
    下单时间: textOf(birth.createdMs),
    套餐: birth.product.name,
    商品编号: birth.product.id,
    姓名: birth.customerName,
    身份证号: birth.idNumber,
    手机号: phoneOf(order),
    省份: birth.province,
    城市: birth.city,
    县区: birth.district,
    详细地址: birth.address,
    生产号码: facts.producedNumber || birth.pickedNumber,
    订单状态: productionWords[facts.status],
    生产失败原因: facts.reason,
    备注: facts.remark,
    ICCID: facts.iccid,
    物流公司: facts.courier,
    运单号: facts.trackingNo,
    发货时间: textOf(facts.shippedMs),
    激活状态: facts.activatedMs === null ? '未激活' : '已激活',
    激活时间: textOf(facts.activatedMs),
    首充状态: facts.rechargedMs === null ? '未首充' : '已首充',
    首充金额: facts.rechargedMs === null ? '' : String(facts.rechargeYuan),
    首充时间: textOf(facts.rechargedMs),
    佣金: yuan(birth.product.commissionFen),
    结算状态: facts.settlement,
    结算时间: textOf(facts.settledMs),
    退款状态: facts.refundedMs === null ? '' : '已退款',
    订单来源: birth.source,
    代理商: birth.agent?.id ?? '',
    更新时间: textOf(order.updatedMs),
  }
}

/** Channel 2 names only what a status callback names: no customer, no product, no creation time. */
const callbackNames: Record<string, ReadonlySet<string>> = {
  ganTanHao: new Set(
    [
      'order_no,outer_id,plan_mobile_produced,status,status_name,iccid,tracking_number,tracking_company,reason',
      'reason_tag,is_activated,activated_at,is_recharged,recharged_at,recharge_amount,is_settled,settled_text',
      'refund_status,refund_text,update_time',
    ]
      .join(',')
      .split(','),
  ),
  jiTuan: new Set(
    [
      'orderId,partner_order_no,production_number,order_status,statusName,iccid,expressNo,expressName',
      'applyFailReason,active_state,activateAt,firstRechargeStatus,firstRechargeAt,firstRechargeMoney,settleStatus',
      'refundStatus,updatedAt',
    ]
      .join(',')
      .split(','),
  ),
  chinese: new Set(
    [
      '订单号,外部单号,生产号码,订单状态,ICCID,运单号,物流公司,生产失败原因,激活状态,激活时间,首充状态,首充时间',
      '首充金额,结算状态,退款状态,更新时间',
    ]
      .join(',')
      .split(','),
  ),
}

const rowMakers = { ganTanHao: ganTanHaoRow, jiTuan: jiTuanRow, chinese: chineseRow }

/** The row of an order under one set of names; a status row holds only what a callback says. */
export function rowOf(order: OrderState, names: keyof typeof rowMakers, statusOnly: boolean): Row {
  const row = rowMakers[names](order)
  if (!statusOnly) return row
  return Object.fromEntries(Object.entries(row).filter(([name]) => callbackNames[names]?.has(name)))
}
