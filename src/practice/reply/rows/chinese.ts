import { productionWords } from '../../world/facts.ts'
import type { OrderState } from '../../world/world.ts'
import { type Row, phoneOf, textOf, yuan } from './row.ts'

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

/** What a status callback names. */
export const chineseStatusNames: readonly string[] = [
  '订单号',
  '外部单号',
  '生产号码',
  '订单状态',
  'ICCID',
  '运单号',
  '物流公司',
  '生产失败原因',
  '激活状态',
  '激活时间',
  '首充状态',
  '首充时间',
  '首充金额',
  '结算状态',
  '退款状态',
  '更新时间',
]
