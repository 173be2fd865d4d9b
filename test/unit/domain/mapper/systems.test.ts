import { describe, expect, it } from 'vitest'
import { mapReply } from '#domain/mapper/map-reply.ts'
import type { MappedOrder, MappedReply } from '#domain/mapper/types.ts'
import type { Json } from '#domain/json.ts'
import * as samples from '../samples.ts'
import { facts, many, type Builder, type Sample } from '../samples.ts'

const map = (value: unknown): MappedReply => mapReply(JSON.parse(JSON.stringify(value)) as Json)
const one = (builder: Builder, overrides: Sample = {}): MappedOrder =>
  map({ code: 200, data: [builder(1, overrides)] }).orders[0]!
const paths = (mapped: MappedReply, column: string): string[] =>
  mapped.fields.filter((field) => field.column === column).map(({ path }) => path)

const it1 = facts(1)
const systems: [string, Builder, Partial<MappedOrder>][] = [
  [
    '敢探号',
    samples.ganTanHao,
    {
      orderNo: it1.no,
      stage: 'activated',
      upstreamAt: '2024-09-08 09:46:41',
      fields: {
        orderNo: it1.no,
        ownNo: 'W9001',
        createdAt: it1.created,
        productName: it1.product,
        productId: '301',
        customerName: it1.name,
        idNumber: it1.idNumber,
        phone: it1.phone,
        province: '广东省',
        city: '深圳市',
        district: '南山区',
        address: '科技路1号',
        producedNumber: it1.produced,
        iccid: '89860010000000000001',
        courier: '顺丰速运',
        trackingNo: it1.tracking,
        activatedAt: '2024-09-08 09:10:11',
        rechargeAmount: '0.00',
        agent: '77',
        updatedAt: '2024-09-08 09:46:41',
      },
      axes: {
        production: { word: null, code: '550' },
        activation: { word: null, code: '1' },
        recharge: { word: null, code: '0' },
        settlement: null,
        refund: null,
      },
    },
  ],
  [
    '极团',
    samples.jiTuan,
    {
      orderNo: it1.no,
      stage: 'shipped',
      fields: {
        orderNo: it1.no,
        ownNo: 'D5001',
        createdAt: it1.created,
        productName: it1.product,
        customerName: it1.name,
        idNumber: it1.idNumber,
        phone: it1.phone,
        province: '浙江省',
        city: '杭州市',
        district: '西湖区',
        address: '文三路1号',
        producedNumber: it1.produced,
        courier: '中通快递',
        trackingNo: '78000000000000',
        commission: '60.00',
        updatedAt: '2024-09-10 00:00:00',
      },
      axes: {
        production: { word: '已发货', code: null },
        activation: { word: '未激活', code: null },
        recharge: null,
        settlement: null,
        refund: null,
      },
    },
  ],
  [
    '广梦云',
    samples.guangMengYun,
    {
      orderNo: it1.no,
      stage: 'settlementFailed',
      fields: {
        orderNo: it1.no,
        ownNo: 'C100',
        createdAt: it1.created,
        productName: it1.product,
        productId: '12',
        customerName: it1.name,
        idNumber: it1.idNumber,
        phone: it1.phone,
        province: '河南省',
        city: '郑州市',
        district: '金水区',
        address: '花园路1号',
        producedNumber: it1.produced,
        courier: '京东快递',
        trackingNo: 'JD1000000000001',
        shippedAt: '2024-09-05 09:33:20',
        activatedAt: '2024-09-06 13:20:00',
        rechargeAmount: '50',
        rechargedAt: '2024-09-07 12:00:00',
        commission: '80',
      },
      axes: {
        production: { word: '已激活', code: '5' },
        activation: null,
        recharge: { word: null, code: '2' },
        settlement: { word: null, code: '4' },
        refund: null,
      },
    },
  ],
  [
    '172',
    samples.system172,
    {
      orderNo: it1.no,
      stage: 'recharged',
      fields: {
        orderNo: it1.no,
        ownNo: 'X-1',
        createdAt: it1.created,
        productName: it1.product,
        productId: '501',
        customerName: it1.name,
        idNumber: it1.idNumber,
        phone: it1.phone,
        province: '江苏省',
        city: '南京市',
        district: '玄武区',
        address: '中山路1号',
        producedNumber: it1.produced,
        remark: '加急',
        courier: '圆通速递',
        trackingNo: 'YT1000000000001',
        activatedAt: '2024-09-06 08:05:00',
        rechargeAmount: '100.00',
      },
      axes: {
        production: { word: '已完成', code: null },
        activation: { word: '已激活', code: null },
        recharge: { word: null, code: '1' },
        settlement: null,
        refund: null,
      },
    },
  ],
  [
    '号易',
    samples.haoYi,
    {
      stage: 'recharged',
      fields: {
        orderNo: it1.no,
        createdAt: it1.created,
        productName: it1.product,
        customerName: it1.name,
        idNumber: it1.idNumber,
        phone: it1.phone,
        producedNumber: it1.produced,
        courier: '韵达快递',
        trackingNo: 'YD1000000000001',
        activatedAt: '2024-09-06 00:00:00',
        rechargeAmount: '50',
      },
      axes: {
        production: { word: null, code: '8' },
        activation: null,
        recharge: { word: null, code: '50' },
        settlement: null,
        refund: null,
      },
    },
  ],
  [
    '共创',
    samples.gongChuang,
    {
      orderNo: it1.no,
      stage: 'settlementFailed',
      fields: {
        orderNo: it1.no,
        ownNo: 'P1',
        createdAt: it1.created,
        productName: it1.product,
        customerName: it1.name,
        idNumber: it1.idNumber,
        phone: it1.phone,
        producedNumber: it1.produced,
        courier: '申通快递',
        trackingNo: 'STO100000000000',
        commission: '45.5',
        settlementRule: '次月结算',
      },
      axes: {
        production: { word: '已发货', code: '3' },
        activation: { word: null, code: '1' },
        recharge: null,
        settlement: { word: '无法结算', code: '3' },
        refund: null,
      },
    },
  ],
  [
    '巨量',
    samples.juLiang,
    {
      orderNo: it1.no,
      stage: 'recharged',
      fields: {
        orderNo: it1.no,
        createdAt: it1.created,
        productName: it1.product,
        customerName: it1.name,
        idNumber: it1.idNumber,
        phone: it1.phone,
        producedNumber: it1.produced,
        courier: '顺丰',
        trackingNo: it1.tracking,
        rechargeAmount: '50',
        agent: '9',
      },
      axes: {
        production: { word: null, code: '4' },
        activation: null,
        recharge: { word: null, code: '1' },
        settlement: null,
        refund: { word: null, code: '0' },
      },
    },
  ],
  [
    'Chinese names',
    samples.chinese,
    {
      orderNo: it1.no,
      stage: 'failed',
      fields: {
        orderNo: it1.no,
        ownNo: 'S1',
        createdAt: it1.created,
        productName: it1.product,
        customerName: it1.name,
        idNumber: it1.idNumber,
        phone: it1.phone,
        province: '四川省',
        city: '成都市',
        district: '武侯区',
        address: '人民南路1号',
        producedNumber: it1.produced,
        reason: '证件不清晰',
        remark: '请核对',
        rechargeAmount: '0',
        commission: '35.00',
        source: '抖音',
      },
    },
  ],
  [
    'pinyin in full',
    samples.pinyin,
    {
      stage: 'shipped',
      fields: {
        orderNo: it1.no,
        createdAt: it1.created,
        productName: it1.product,
        customerName: it1.name,
        idNumber: it1.idNumber,
        phone: it1.phone,
        producedNumber: it1.produced,
        address: '湖南省长沙市岳麓区麓山路1号',
        courier: '极兔速递',
        trackingNo: 'JT1000000000001',
        remark: '无',
      },
    },
  ],
  [
    'pinyin initials',
    samples.initials,
    {
      stage: 'processing',
      fields: {
        orderNo: it1.no,
        createdAt: it1.created,
        productName: it1.product,
        customerName: it1.name,
        idNumber: it1.idNumber,
        phone: it1.phone,
        producedNumber: it1.produced,
        province: '湖北省',
        city: '武汉市',
        address: '洪山区珞喻路1号',
      },
    },
  ],
]

describe.each(systems)('an order of %s', (_name, builder, expected) => {
  it('alone is read in full', () => {
    const order = one(builder)
    expect(order).toMatchObject(expected)
    expect(order.fields).toEqual(expected.fields)
  })

  it('among fifty is read the same', () => {
    const mapped = map({ code: 0, data: { list: many(builder, 50), total: 50 } })
    expect(mapped).toMatchObject({ listPath: 'data.list', total: 50, unreadable: [], conflicts: 0 })
    expect(mapped.orders).toHaveLength(50)
    expect(mapped.orders[0]).toMatchObject(expected)
    expect(mapped.orders[0]!.fields).toEqual(expected.fields)
  })
})

describe('what feeds what', () => {
  it('is said, with the names that fed nothing', () => {
    const mapped = map({ data: many(samples.ganTanHao, 20) })
    expect(mapped.profile).toBe('ganTanHao')
    expect(paths(mapped, 'orderNo')).toEqual(['order_sn'])
    expect(paths(mapped, 'trackingNo')).toEqual(['tracking_number'])
    expect(paths(mapped, 'commission')).toEqual([])
    expect(mapped.fields.every(({ confidence }) => confidence > 0 && confidence <= 1)).toBe(true)
    expect(mapped.unused).toContain('town')
  })

  it.each([
    [samples.guangMengYun, 'guangMengYun'],
    [samples.system172, 'system172'],
    [samples.haoYi, 'haoYi'],
    [samples.gongChuang, 'gongChuang'],
    [samples.juLiang, 'juLiang'],
    [samples.chinese, 'unknown'],
    [samples.pinyin, 'unknown'],
  ] as const)('the code profile is told from the whole reply (%#)', (builder, profile) => {
    expect(map({ data: many(builder, 20) }).profile).toBe(profile)
  })

  it('surer for a known name with values that look right than for values alone', () => {
    const mapped = map({
      data: many((index) => ({ order_no: facts(index).no, mobile: facts(index).phone, x7: facts(index).produced }), 9),
    })
    const confidence = (column: string): number => mapped.fields.find((field) => field.column === column)!.confidence
    expect(paths(mapped, 'producedNumber')).toEqual(['x7'])
    expect(confidence('phone')).toBeGreaterThan(confidence('producedNumber') + 0.3)
  })
})
