import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JsonOutline } from '#domain/json-stream/outline.ts'
import { isObject, parseJson, type Json } from '#domain/json.ts'

/** The outline of a text that comes in pieces of so many characters. */
function outline(text: string, pieceLength = text.length): Json | undefined {
  const reader = new JsonOutline()
  for (let at = 0; at < text.length; at += Math.max(1, pieceLength))
    reader.feed(text.slice(at, at + Math.max(1, pieceLength)))
  return reader.end()
}

const list = (count: number, of: (index: number) => string): string =>
  `[${Array.from({ length: count }, (_, index) => of(index)).join(',')}]`

describe('an outline', () => {
  it('of a small text is its value, however it is cut', () => {
    fc.assert(
      fc.property(fc.json(), fc.integer({ min: 1, max: 12 }), (text, pieceLength) => {
        expect(outline(text, pieceLength)).toEqual(parseJson(text))
      }),
      { numRuns: 2_000 },
    )
  })

  it('reads white space, escapes and a mark wherever they are cut', () => {
    const text = '\uFEFF { "a\\"\\u5f20" : [ 1 , "x\\\\" , { } ] ,\r\n\t"b" : "\\ud83d\\ude00\\n" } '
    for (let pieceLength = 1; pieceLength <= text.length; pieceLength += 1)
      expect(outline(text, pieceLength)).toEqual({ 'a"张': [1, 'x\\', {}], b: '😀\n' })
  })

  it.each([
    '',
    ' ',
    '{',
    '[1',
    '[1,2',
    '{"a"',
    '{"a":',
    '{"a":1',
    '[1]]',
    '[1] x',
    '{"a" 1}',
    '{a:1}',
    '[1}',
    '{"a":1]',
    '"open',
    'nope',
    '<html></html>',
    ',',
    ']',
    '{"code":200,"data":[{"a":1},{"b":',
  ])('of %j is none', (text) => {
    expect(outline(text)).toBeUndefined()
    expect(outline(text, 1)).toBeUndefined()
  })

  it.each([
    ['[NaN,Infinity,-Infinity,undefined]', [null, null, null, null]],
    ['{"a":{"b":NaN}}', { a: { b: null } }],
    ['{"a":[1,2,],}', { a: [1, 2] }],
    ['{"a":"line\nbreak\ttab \u0001"}', { a: 'line\nbreak\ttab \u0001' }],
    ['{"a":"\\x41 \\u12"}', { a: '\\x41 \\u12' }],
    ['{"a":12345678901234567890}', { a: '12345678901234567890' }],
    ['12', 12],
    ['"text"', 'text'],
  ])('reads %j leniently', (text, value) => {
    expect(outline(text)).toEqual(value)
    expect(outline(text, 1)).toEqual(value)
  })

  it('keeps of two values under one key the one that holds something', () => {
    expect(outline('{"data":[{"a":1}],"data":[]}')).toEqual({ data: [{ a: 1 }] })
    expect(outline('{"data":[{"a":1}],"data":null}')).toEqual({ data: [{ a: 1 }] })
    expect(outline('{"data":[{"a":1}],"data":[{"a":2}]}')).toEqual({ data: [{ a: 1 }, { a: 2 }] })
    expect(outline('{"code":1,"code":2}')).toEqual({ code: 2 })
  })

  it('shows a broken element as text beside the others', () => {
    expect(outline('{"data":[{"a":1},{"b" 2},{"c":3}]}')).toEqual({ data: [{ a: 1 }, '{"b" 2}', { c: 3 }] })
  })

  it('keeps __proto__ an ordinary key', () => {
    const value = outline('{"__proto__":{"admin":true},"data":[{"__proto__":{"admin":true}}]}')
    expect(Object.keys(value as object)).toEqual(['__proto__', 'data'])
    expect('admin' in {}).toBe(false)
  })
})

describe('the outline of a long text', () => {
  const orders = list(40_000, (index) => `{"order_no":"N${index}","note":"${'x'.repeat(40)}"}`)

  it.each([
    ['in an array', `{"code":200,"data":${orders},"msg":"ok"}`],
    ['in a JSON string', JSON.stringify({ code: 200, data: orders, msg: 'ok' })],
    ['in a JSON string of a JSON string', JSON.stringify({ code: 200, data: JSON.stringify(orders), msg: 'ok' })],
  ])('thins out a list %s and keeps its first elements and what stands around it', (_where, text) => {
    for (const pieceLength of [text.length, 65_536, 999]) {
      const value = outline(text, pieceLength)
      expect(value).toMatchObject({ code: 200, msg: 'ok' })
      const elements = isObject(value ?? null) ? ((value as { data: Json[] }).data as { order_no: string }[]) : []
      expect(elements.slice(0, 200).map((one) => one.order_no)).toEqual(Array.from({ length: 200 }, (_, n) => `N${n}`))
      expect(elements.length).toBeLessThanOrEqual(500)
      expect(Number(elements.at(-1)!.order_no.slice(1)), 'spread over the whole list').toBeGreaterThan(35_000)
    }
  })

  it('is the same however it is cut', () => {
    const text = `{"a":${orders},"b":{"list":${orders},"text":${JSON.stringify('y'.repeat(1_200_000))}}}`
    const whole = outline(text)
    expect(outline(text, 65_536)).toEqual(whole)
    expect(outline(text, 10_007)).toEqual(whole)
    expect((whole as { b: { text: string } }).b.text).toBe('y'.repeat(4_000))
  })

  it('is none where it is cut off, also inside of strings', () => {
    const text = JSON.stringify({ code: 200, data: orders })
    expect(outline(text.slice(0, -10))).toBeUndefined()
    expect(outline(`{"code":200,"data":${orders.slice(0, -200)}`)).toBeUndefined()
  })

  it('takes a long string of no JSON for the text it is', () => {
    const long = `[${'说'.repeat(1_200_000)}`
    expect(outline(JSON.stringify({ data: long, code: 1 }))).toEqual({ data: long.slice(0, 4_000), code: 1 })
  })

  it('ends whatever is made to be endless', () => {
    const deep = `${'['.repeat(2_000_000)}${']'.repeat(2_000_000)}`
    expect(outline(`{"code":1,"data":${deep}}`)).toMatchObject({ code: 1 })
    const wide = `{${Array.from({ length: 200_000 }, (_, index) => `"k${index}":{"a":[]}`).join(',')}}`
    expect(outline(`{"code":1,"data":${wide}}`)).toMatchObject({ code: 1 })
    const strings = Array.from({ length: 8 }).reduce<string>((text) => JSON.stringify(text), '[1]')
    expect(outline(`{"code":1,"data":${strings}}`)).toMatchObject({ code: 1 })
  })
})
