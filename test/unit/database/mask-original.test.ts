import { describe, expect, it } from 'vitest'
import { maskOriginal } from '#database/orders/mask-original.ts'

const fields = {
  orderNo: '20261124000001',
  customerName: '张小三',
  phone: '13800138000',
  idNumber: '110101199003071234',
  address: '科技园南路1号',
}

describe('maskOriginal', () => {
  it.each([
    ['a value', '{"id_name":"张小三"}', '{"id_name":"张**"}'],
    ['an escaped value', String.raw`{"id_name":"\u5f20\u5c0f\u4e09"}`, '{"id_name":"张**"}'],
    ['a phone within text', '{"remark":"电话13800138000找张小三"}', '{"remark":"电话138****8000找张**"}'],
    ['a phone that is a number', '{"mobile":13800138000}', '{"mobile":"138****8000"}'],
    ['a phone that fed no column', '{"contact":"18912345678"}', '{"contact":"189****5678"}'],
    ['an ID number that fed no column', '{"id2":"44030119850101002X"}', '{"id2":"440301********002X"}'],
  ])('hides %s', (_what, json, expected) => {
    expect(maskOriginal(json, fields)).toBe(expected)
  })

  it.each([
    ['other numbers', '{"order_sn":"20261124000001","n":20261124000001,"t":1732420800}'],
    ['layout and escapes of what is not personal', String.raw`{ "goods" : "\u7535\u4fe1\/29" ,"x":[1, 2.50] }`],
    ['text that is no JSON', '<html>"a'],
  ])('leaves %s as it is', (_what, json) => {
    expect(maskOriginal(json, fields)).toBe(json)
  })
})
