import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { innerJson, jsonText, parseJson } from '#domain/json.ts'

describe('parseJson', () => {
  it.each([
    ['{"id":9007199254740993}', { id: '9007199254740993' }],
    ['[12345678901234567890,-12345678901234567890]', ['12345678901234567890', '-12345678901234567890']],
    ['{ "a" : 123456789012345678.5 }', { a: '123456789012345678.5' }],
    ['[0.12345678901234567890123]', ['0.12345678901234567890123']],
    ['[1e400,-1E400]', ['1e400', '-1E400']],
    ['98765432109876543210', '98765432109876543210'],
    ['{"a":9007199254740991,"b":-9007199254740991}', { a: 9007199254740991, b: -9007199254740991 }],
    ['{"a":0.1,"b":12.50,"c":1e3,"d":-0.5}', { a: 0.1, b: 12.5, c: 1000, d: -0.5 }],
    [
      '{"text":",12345678901234567890 : 98765432109876543210","n":1}',
      { text: ',12345678901234567890 : 98765432109876543210', n: 1 },
    ],
    [
      '{"a\\"b":12345678901234567890,"c\\\\":12345678901234567890}',
      { 'a"b': '12345678901234567890', 'c\\': '12345678901234567890' },
    ],
    ['\uFEFF{"a":1}', { a: 1 }],
    ['"12345678901234567890"', '12345678901234567890'],
  ])('reads %s', (text, value) => {
    expect(parseJson(text)).toEqual(value)
  })

  it.each([
    '',
    ' ',
    '{',
    '{"a":1',
    'nope',
    '<html></html>',
    '{"a":NaN}',
    "{'a':1}",
    '[1,]',
    '12345678901234567890,',
    '-',
    '[-]',
    '\uFEFF\uFEFF1',
  ])('does not take %j for JSON', (text) => {
    expect(parseJson(text)).toBeUndefined()
  })

  it('keeps __proto__ an ordinary key', () => {
    const value = parseJson('{"__proto__":{"admin":true},"constructor":1}') as Record<string, unknown>
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor'])
    expect('admin' in {}).toBe(false)
    expect('admin' in value).toBe(false)
  })

  it('reads everything that JSON.parse reads, and the same wherever no number is long', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value)
        expect(parseJson(text.replaceAll(/\d{13,}/g, '7'))).toEqual(JSON.parse(text.replaceAll(/\d{13,}/g, '7')))
        expect(parseJson(text)).toBeDefined()
      }),
    )
  })

  it('keeps every digit of integers of any length, beside any text', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), fc.string({ unit: 'binary' }), (number, text) => {
        const read = parseJson(`{${JSON.stringify(text)}:[${number}, ${JSON.stringify(text)}],"n":${number}}`)
        expect(String((read as { n: unknown }).n)).toBe(String(number))
      }),
    )
  })

  it('reads what nests very deep, and writes it without its depths', () => {
    const deep = parseJson(`${'['.repeat(50_000)}${']'.repeat(50_000)}`)
    expect(jsonText(deep!).startsWith('[[[')).toBe(true)
  })
})

describe('innerJson', () => {
  it('reads containers within strings only', () => {
    expect(innerJson(' [1]')).toEqual([1])
    expect(innerJson('{"a":1}')).toEqual({ a: 1 })
    expect(innerJson('12')).toBeUndefined()
    expect(innerJson('null')).toBeUndefined()
    expect(innerJson('[half')).toBeUndefined()
  })
})
