import { describe, expect, it } from 'vitest'
import type { Column } from '#domain/mapper/column.ts'
import { claimsOf, normalName } from '#domain/mapper/names.ts'

/** The field survey's names; those that can mean two things stand in `ambiguous`. */
const seen: Partial<Record<Column, string>> = {
  orderNo:
    'order_no order_sn order_id orderId OrderNo id apiorder api_sn keyNo up_order_no 订单号 172订单号 dingdanhao ddh',
  ownNo:
    'out_trade_no outer_id source_id api_xid DownOrderID ext_order_sn customNo partner_order_no apiOrderId 商户订单号',
  production:
    'status order_status up_status state OrderStatus orderStatus statusName state_name 订单状态 上游订单状态 zhuangtai zt',
  productName: 'goods_name goodsName product_name productName productSku sku shop_name 套餐 商品名称 taocan tc',
  productId: 'ProductID pid goodsId product_id',
  customerName: 'id_name idCardName addressName order_Name certName customer_name 姓名 用户姓名 xingming xm',
  phone: 'mobile addressMobile order_Phone Phone contactPhone phone 手机号 shoujihao sjh',
  idNumber: 'id_num idCard id_card_num order_IDCard IDCard certNo idcard 身份证号 身份证号码 shenfenzheng sfz',
  province: 'province addressProvince order_Province Province 省份 shengfen',
  city: 'city City addressCity 城市 chengshi',
  district: 'district Area 县区 addressDistrict',
  address: 'address order_Address Address 详细地址 收货地址 dizhi dz',
  producedNumber:
    'plan_mobile_produced plan_mobile pretty_number ThirdPhone haoma number phone_no phone_num selectPhone production_number accNumber 生产号码',
  iccid: 'iccid Iccid ICCID',
  courier:
    'tracking_company express_company ExpressName express_name expressName logisticsName 物流公司 快递名称 tracking_company_id',
  trackingNo:
    'tracking_number order_Express ExpressCode express_sn expressNo trackingNum express_no 运单号 物流单号 kuaididanhao kddh logisticsNum',
  reason: 'reason reason_tag upstream_reason api_reason applyFailReason message 生产失败原因',
  remark: 'Remark remark mark 备注',
  activation: 'is_activated active_status is_active CardStatus active_state 激活状态',
  activatedAt: 'activated_at ActiveTime activateAt active_time jh_time activeTime 激活时间 入网时间',
  recharge: 'is_recharged is_recharge IsFirstCharge firstRechargeStatus recharge_status',
  rechargeAmount: 'recharge_amount FirstCharge first_recharge firstRechargeMoney rechargeAmount 首充金额',
  rechargedAt: 'recharged_at firstRechargeAt',
  commission: 'commission settleReward 金额 订单金额 amount',
  settlement: 'settleStatus is_settled settled_text',
  settledAt: 'settleAt js_time',
  settlementRule: 'settlement_method js_type 结算规则',
  agent: 'share_id agent_id shop_code',
  source: 'channel_id source sub_source 订单来源 渠道来源',
  createdAt: 'create_time createdAt created_at 下单时间',
  updatedAt: 'update_time updatedAt',
  shippedAt: 'shipTime',
}

describe('a name of the field survey', () => {
  const table = Object.entries(seen).flatMap(([column, names]) =>
    names.split(' ').map((name) => [name, column] as const),
  )
  it.each(table)('%s claims %s first', (name, column) => {
    expect(claimsOf([name])[0]).toMatchObject({ column })
  })

  it('that means two things claims both', () => {
    const columns = (name: string): Column[] => claimsOf([name]).map(({ column }) => column)
    expect(columns('name')).toEqual(expect.arrayContaining(['productName', 'customerName']))
    expect(columns('phone_no')).toEqual(expect.arrayContaining(['producedNumber', 'phone']))
    expect(columns('express')).toEqual(expect.arrayContaining(['courier', 'trackingNo']))
  })
})

describe('a path', () => {
  it.each([
    [['express', 'no'], 'trackingNo'],
    [['express', 'company'], 'courier'],
    [['goods', 'id'], 'productId'],
    [['goods', 'name'], 'productName'],
    [['customer', 'name'], 'customerName'],
    [['order', 'status'], 'production'],
    [['order', 'id'], 'orderNo'],
    [['agent', 'name'], 'agent'],
    [['detail', 'mobile'], 'phone'],
    [['my_order_no'], 'orderNo'],
    [['客户手机号码'], 'phone'],
    [['audit_state_text'], 'production'],
    [['isActivatedText'], 'activation'],
  ] as const)('%j claims %s', (path, column) => {
    expect(claimsOf(path)[0]).toMatchObject({ column })
  })

  it.each([['foo'], ['x1'], [''], ['prefix'], ['__proto__'], ['constructor'], ['agent_phone'], ['shop_mobile']])(
    '%s claims nothing',
    (name) => {
      expect(claimsOf([name])).toEqual([])
    },
  )

  it('counts an agent’s own fields for little', () => {
    expect(claimsOf(['agent', 'mobile'])[0]!.weight).toBeLessThan(0.5)
  })
})

it('case, separators and brackets of a name do not matter', () => {
  expect(['order_no', 'orderNo', 'OrderNo', 'ORDER-NO', ' order no ', '[order.no]'].map(normalName)).toEqual(
    Array.from({ length: 6 }, () => 'orderno'),
  )
})
