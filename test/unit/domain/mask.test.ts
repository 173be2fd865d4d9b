import { describe, expect, it } from 'vitest'
import { isMasked, maskField } from '#domain/mask.ts'

describe('maskField', () => {
  it.each([
    ['customerName', '张三', '张*'],
    ['customerName', '欧阳娜娜', '欧***'],
    ['customerName', '李', '李*'],
    ['phone', '13800130013', '138****0013'],
    ['producedNumber', '17012345678', '170****5678'],
    ['idNumber', '110101199003071234', '110101********1234'],
    ['address', '广东省深圳市南山区科技路1号', '广东省深圳市南山区****'],
    ['address', '浙江省义乌市稠城街道8号', '浙江省义乌市****'],
    ['address', '科技路1号', '科技****'],
  ] as const)('shows %s %s as %s', (field, value, shown) => {
    expect(maskField(field, value)).toBe(shown)
  })

  it.each(['phone', 'idNumber', 'producedNumber', 'customerName', 'address'] as const)(
    'hides most of a short %s too',
    (field) => {
      for (const value of ['1', '12', '12345', '1234567', '12345678']) expect(maskField(field, value)).not.toBe(value)
    },
  )

  it('leaves what is not personal', () => {
    expect(maskField('orderNo', '0020240901')).toBe('0020240901')
    expect(maskField('province', '广东省')).toBe('广东省')
  })
  it('leaves an empty value empty', () => {
    expect(maskField('phone', '')).toBe('')
    expect(maskField('customerName', '')).toBe('')
  })
})

describe('isMasked', () => {
  it.each([
    '张*',
    '*三',
    '张**',
    '欧阳*',
    '138****0013',
    '138xxxx0013',
    '138XXXX0013',
    '138••••0013',
    '110101********1234',
    '广东省深圳市****',
    '张＊',
    '***',
  ])('%s is', (value) => expect(isMasked(value)).toBe(true))

  it.each(['', '张三', '13800130013', '11010119900307123X', '5*2米', '科技路1号x座', '流量29元*限新用户', 'Max Xu'])(
    '%s is not',
    (value) => expect(isMasked(value)).toBe(false),
  )
})
