import { describe, expect, it } from 'vitest'
import { readTime } from '#domain/mapper/times.ts'
import { readAmount, readField } from '#domain/mapper/values.ts'

describe('a time', () => {
  it.each([
    ['2024-09-01 08:09:10', '2024-09-01 08:09:10'],
    ['2024/9/1 8:09', '2024-09-01 08:09:00'],
    ['2024.09.01', '2024-09-01 00:00:00'],
    ['2024-09-01', '2024-09-01 00:00:00'],
    ['2024年9月1日', '2024-09-01 00:00:00'],
    ['2024年9月1日 8时9分10秒', '2024-09-01 08:09:10'],
    ['2024-09-01T08:09:10', '2024-09-01 08:09:10'],
    ['2024-09-01T00:09:10Z', '2024-09-01 08:09:10'],
    ['2024-09-01T00:09:10.123Z', '2024-09-01 08:09:10'],
    ['2024-09-01T08:09:10+08:00', '2024-09-01 08:09:10'],
    ['2024-08-31T19:09:10-0500', '2024-09-01 08:09:10'],
    ['2024-09-01 08:09:10.000', '2024-09-01 08:09:10'],
    ['20240901', '2024-09-01 00:00:00'],
    ['20240901080910', '2024-09-01 08:09:10'],
    ['1725149350', '2024-09-01 08:09:10'],
    ['1725149350000', '2024-09-01 08:09:10'],
    ['1725149350.5', '2024-09-01 08:09:10'],
    ['45536', '2024-09-01 00:00:00'],
    ['45536.33970', '2024-09-01 08:09:10'],
  ])('%s is %s', (text, time) => {
    expect(readTime(text)).toBe(time)
    expect(readField('createdAt', text)).toBe(time)
  })

  it.each([
    '',
    '0',
    '0000-00-00 00:00:00',
    '0000-00-00',
    '1970-01-01 08:00:00',
    '2024-02-30 00:00:00',
    '2024-13-01',
    '2024-09-01 25:00:00',
    '13800138000',
    '123',
    '昨天',
    '9999-12-31 00:00:00',
    '2024-09-01 08:09:10 extra',
  ])('"%s" is none', (text) => {
    expect(readTime(text)).toBeNull()
  })

  it('may come as a number', () => {
    expect(readField('createdAt', 1725149350)).toBe('2024-09-01 08:09:10')
    expect(readField('createdAt', 1725149350123)).toBe('2024-09-01 08:09:10')
    expect(readField('createdAt', 0)).toBeNull()
  })
})

describe('an amount', () => {
  it.each([
    ['50', '50'],
    ['12.50', '12.50'],
    ['-3', '-3'],
    ['+3', '3'],
    ['¥1,234.50', '1234.50'],
    ['￥50', '50'],
    ['50元', '50'],
    ['.5', '0.5'],
    ['0.00', '0.00'],
    ['0', '0'],
  ])('%s is %s', (text, amount) => {
    expect(readAmount(text)).toBe(amount)
  })
  it.each(['', '免费', '5-10', '1.2.3', '五十'])('"%s" is none', (text) => {
    expect(readAmount(text)).toBeNull()
  })
  it('may come as a number, and nothing is not 0', () => {
    expect(readField('commission', 45.5)).toBe('45.5')
    expect(readField('commission', 0)).toBe('0')
    expect(readField('commission', 1e21)).toBe('1000000000000000000000')
    expect(readField('commission', 1e-7)).toBe('0.0000001')
    expect(readField('commission', '')).toBeNull()
    expect(readField('commission', null)).toBeNull()
  })
})

describe('text', () => {
  it.each([
    ["'13800138000", '13800138000'],
    [' 张三 ', '张三'],
    [13800138000, '13800138000'],
    ['0012', '0012'],
    ["'s-Hertogenbosch", 's-Hertogenbosch'],
  ])('%j is %s', (value, text) => {
    expect(readField('phone', value)).toBe(text)
  })
  it.each(['', ' ', '0', 0, null, undefined, 'null', 'NULL', '-', '--', true, {}, []])('%j says nothing', (value) => {
    expect(readField('phone', value as never)).toBeNull()
  })
})
