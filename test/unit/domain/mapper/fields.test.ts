import { describe, expect, it } from 'vitest'
import type { Json } from '#domain/json.ts'
import { mapReply } from '#domain/mapper/map-reply.ts'
import type { MappedOrder, MappedReply } from '#domain/mapper/types.ts'
import { facts, many, type Facts, type Sample } from '../samples.ts'

const map = (data: unknown): MappedReply => mapReply(JSON.parse(JSON.stringify({ code: 200, data })) as Json)
/** Ten orders with what the builder adds; the first and its facts. */
function first(build: (it: Facts, index: number) => Sample): { order: MappedOrder; it: Facts; mapped: MappedReply } {
  const mapped = map(
    many((index = 1) => ({ order_no: facts(index).no, status: '待审核', ...build(facts(index), index) }), 10),
  )
  return { order: mapped.orders[0]!, it: facts(1), mapped }
}

describe('three phone-like fields', () => {
  it.each([
    ['mobile, plan_mobile_produced', (it: Facts) => ({ mobile: it.phone, plan_mobile_produced: it.produced })],
    ['phone, contactPhone', (it: Facts) => ({ phone: it.produced, contactPhone: it.phone })],
    ['phone, number', (it: Facts) => ({ phone: it.phone, number: it.produced })],
    ['phone_no, mobile', (it: Facts) => ({ phone_no: it.produced, mobile: it.phone })],
    [
      'mobile and an agent’s phone',
      (it: Facts) => ({ agent_phone: '13911112222', mobile: it.phone, haoma: it.produced }),
    ],
    ['Chinese', (it: Facts) => ({ 联系电话: it.phone, 号码: it.produced, 代理手机: '13911112222' })],
    [
      'nested',
      (it: Facts) => ({ customer: { phone: it.phone }, card: { phone: it.produced }, agent: { phone: '13911112222' } }),
    ],
  ])('are told apart: %s', (_title, build) => {
    const { order, it } = first(build)
    expect(order.fields).toMatchObject({ phone: it.phone, producedNumber: it.produced })
  })

  it('phone_no alone is the customer’s, for want of another', () => {
    const { order, it } = first((it) => ({ phone_no: it.phone, haoma: it.produced }))
    expect(order.fields).toMatchObject({ phone: it.phone, producedNumber: it.produced })
  })

  it('a picked number stands in until the produced one is there', () => {
    const { mapped, it } = first((it, index) => ({
      mobile: it.phone,
      plan_mobile: it.produced,
      plan_mobile_produced: index === 1 ? '' : `1860000${1000 + index}`,
    }))
    expect(mapped.orders[0]!.fields.producedNumber).toBe(it.produced)
    expect(mapped.orders[1]!.fields.producedNumber).toBe('18600001002')
  })

  it('a contact’s second phone is no produced number', () => {
    const { order } = first((it) => ({ mobile: it.phone, addressMobile: it.produced }))
    expect(order.fields.producedNumber).toBeUndefined()
  })
})

describe('a name that can mean two things goes by its values', () => {
  it.each([
    ['name is a product', (it: Facts) => ({ name: it.product, customer_name: it.name })],
    ['name is the customer', (it: Facts) => ({ name: it.name, goods_name: it.product })],
    ['name is a product and nobody else says who', (it: Facts) => ({ name: it.product, 姓名: it.name })],
  ])('%s', (_title, build) => {
    const { order, it } = first(build)
    expect(order.fields).toMatchObject({ customerName: it.name, productName: it.product })
  })
  it('masked names are names', () => {
    const { order } = first((it) => ({ name: `${it.name[0]}*`, title: it.product }))
    expect(order.fields.customerName).toMatch(/^.\*$/)
  })
  it('express may be the company or the number', () => {
    expect(first((it) => ({ express: it.tracking })).order.fields).toMatchObject({ trackingNo: facts(1).tracking })
    expect(first((it) => ({ express: '顺丰速运', express_no: it.tracking })).order.fields).toMatchObject({
      courier: '顺丰速运',
    })
  })
})

describe('what must not be mixed up', () => {
  it('a tracking company’s id is no tracking number', () => {
    const { order } = first(() => ({ tracking_company_id: 12, tracking_company: '顺丰速运' }))
    expect(order.fields).toMatchObject({ courier: '顺丰速运' })
    expect(order.fields.trackingNo).toBeUndefined()
  })
  it.each(['recharge_amount', 'FirstCharge', 'first_recharge', 'firstRechargeMoney', 'rechargeAmount', '首充金额'])(
    '%s never feeds commission',
    (name) => {
      const { order } = first(() => ({ [name]: '50.00' }))
      expect(order.fields).toMatchObject({ rechargeAmount: '50.00' })
      expect(order.fields.commission).toBeUndefined()
    },
  )
  it('amount is the commission only beside the recharge', () => {
    const { order } = first(() => ({ recharge_amount: '50.00', amount: '12.5' }))
    expect(order.fields).toMatchObject({ rechargeAmount: '50.00', commission: '12.5' })
  })
  it("a product's price is no commission", () => {
    expect(first(() => ({ price: '29', total_price: '29.00' })).order.fields.commission).toBeUndefined()
  })
  it('an activation time is no creation time', () => {
    const { order } = first((it) => ({ activated_at: '2024-09-09 00:00:00', create_time: it.created }))
    expect(order.fields).toMatchObject({ activatedAt: '2024-09-09 00:00:00', createdAt: facts(1).created })
  })
  it('a status is no reason', () => {
    const { order } = first(() => ({ status: '审核失败', message: '证件过期' }))
    expect(order.axes.production).toEqual({ word: '审核失败', code: null })
    expect(order.fields.reason).toBe('证件过期')
  })
  it('known names with values that cannot be that are left out', () => {
    const { order, mapped } = first(() => ({ mobile: '未填写的', id_num: '未实名', create_time: '昨天' }))
    expect(order.fields).toEqual({ orderNo: facts(1).no })
    expect(mapped.unused).toEqual(expect.arrayContaining(['mobile', 'id_num', 'create_time']))
  })
})

describe('without any known name, by the look of the values', () => {
  it('ID numbers, phones, couriers, regions and products are found', () => {
    const { order, it } = first((it) => ({
      a1: it.idNumber,
      a2: it.phone,
      a3: it.tracking,
      a4: '广东省',
      a5: it.product,
    }))
    expect(order.fields).toMatchObject({
      idNumber: it.idNumber,
      phone: it.phone,
      trackingNo: it.tracking,
      province: '广东省',
      productName: it.product,
    })
  })
})

describe('codes and words', () => {
  it.each([
    ['status', 'status_name'],
    ['order_status', '订单状态'],
    ['state', 'state_text'],
    ['status', 'statusDesc'],
  ])('%s and %s are kept together', (code, word) => {
    const { mapped } = first((_, index) => ({
      status: undefined,
      [code]: index % 2 ? 550 : 470,
      [word]: index % 2 ? '已发货' : '开卡中',
    }))
    expect(mapped.orders[0]!.axes.production).toEqual({ word: '已发货', code: '550' })
    expect(mapped.orders[1]!.axes.production).toEqual({ word: '开卡中', code: '470' })
  })

  it('of two statuses that move on their own only the better named one speaks', () => {
    const { order } = first((_, index) => ({
      status: 500 + (index % 2) * 50,
      up_status: ['甲', '乙', '丙'][index % 3]!,
    }))
    expect(order.axes.production).toEqual({ word: null, code: '550' })
  })

  it('in one field are told apart value by value', () => {
    const { mapped } = first((_, index) => ({ status: index % 2 ? '已发货' : 470 }))
    expect(mapped.orders.slice(0, 2).map(({ axes }) => axes.production)).toEqual([
      { word: '已发货', code: null },
      { word: null, code: '470' },
    ])
  })

  it('true and false are 1 and 0', () => {
    const { mapped } = first((_, index) => ({ is_activated: index % 2 === 1 }))
    expect(mapped.orders.slice(0, 2).map(({ axes }) => axes.activation?.code)).toEqual(['1', '0'])
  })

  it('an empty status states nothing, and 0 does', () => {
    const { mapped } = first((_, index) => ({ status: 550, is_activated: index % 2 ? '' : 0 }))
    expect(mapped.orders[0]!.axes.activation).toBeNull()
    expect(mapped.orders[1]!.axes.activation).toEqual({ word: null, code: '0' })
  })
})

describe('a refund or a photo', () => {
  it('that is asked for waits for the merchant', () => {
    expect(first(() => ({ photo_status: '待上传照片' })).order).toMatchObject({ stage: 'needsMerchant' })
  })
  it('that ended the order ends it', () => {
    expect(
      first(() => ({ status: 550, refund_status: 300, is_activated: 1, plan_mobile_produced: '' })).order,
    ).toMatchObject({
      stage: 'gone',
      axes: { refund: { code: '300' } },
    })
  })
})

describe('nested fields', () => {
  it('are found one and two levels down', () => {
    const { order, it, mapped } = first((it) => ({
      express: { company: '顺丰速运', no: it.tracking },
      detail: { customer: { name: it.name, id_card: it.idNumber }, goods: { name: it.product, id: 5 } },
    }))
    expect(order.fields).toMatchObject({
      courier: '顺丰速运',
      trackingNo: it.tracking,
      customerName: it.name,
      idNumber: it.idNumber,
      productName: it.product,
      productId: '5',
    })
    expect(mapped.fields).toContainEqual(expect.objectContaining({ column: 'trackingNo', path: 'express.no' }))
  })
})

describe('a field called just name', () => {
  it.each(['张𠮷', '𪚥三', '阿依古丽', '张', '测试', '买买提·艾力', 'Li Lei'])(
    'is the customer where the product has a field of its own: %s',
    (name) => {
      const { order } = first(() => ({ name, goods_name: '流量王29元', mobile: '13800138000' }))
      expect(order.fields).toMatchObject({ customerName: name, productName: '流量王29元' })
    },
  )

  it.each(['张𠮷', '阿依古丽', '测试'])('is the customer where nothing names a product: %s', (name) => {
    expect(first(() => ({ name, mobile: '13800138000' })).order.fields.customerName).toBe(name)
  })

  it('is the product where its values are plans', () => {
    const { order } = first((it) => ({ name: '流量王29元', id_name: it.name }))
    expect(order.fields.productName).toBe('流量王29元')
  })
})
