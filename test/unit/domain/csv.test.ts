import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvBom, csvCell, csvRow } from '#domain/csv.ts'

const read = (text: string): string[][] => parse(text, { relax_column_count: true, record_delimiter: '\r\n' })

describe('a cell for Excel', () => {
  it.each([
    // leading zeros and long digits, which Excel would cut or round
    ['0012', '="0012"'],
    ['00', '="00"'],
    ['123456789012', '="123456789012"'],
    ['110101199003071234', '="110101199003071234"'],
    ['12345678901234567890', '="12345678901234567890"'],
    ['123E45', '="123E45"'],
    ['1.5e10', '="1.5e10"'],
    // what Excel keeps anyway
    ['0', '0'],
    ['0.50', '0.50'],
    ['12.50', '12.50'],
    ['13800138000', '13800138000'],
    ['11010119900307123X', '11010119900307123X'],
    ['SF1234567890123', 'SF1234567890123'],
    ['2024-09-01 00:00:00', '2024-09-01 00:00:00'],
    ['张三', '张三'],
    // what Excel would run
    ['=1+1', "'=1+1"],
    ['=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'],
    ['+8613800138000', "'+8613800138000"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-2+3', "'-2+3"],
    ['--', "'--"],
    ['\tx', "'\tx"],
    ['\rx', "'\rx"],
    // amounts stay numbers
    ['-12.50', '-12.50'],
    ['-3', '-3'],
    ['-', "'-"],
    ['-123456789012', "'-123456789012"],
  ])('writes %j as %j', (value, shown) => {
    expect(read(csvRow([value], false))).toEqual([[shown]])
  })

  it('is quoted by RFC 4180 where it must be, and only there', () => {
    expect(csvCell('a,b', false)).toBe('"a,b"')
    expect(csvCell('say "hi"', false)).toBe('"say ""hi"""')
    expect(csvCell('two\nlines', false)).toBe('"two\nlines"')
    expect(csvCell('0012', false)).toBe('"=""0012"""')
    expect(csvCell('plain text', false)).toBe('plain text')
  })
})

describe('a row', () => {
  it('ends with CRLF, and null is an empty cell', () => {
    expect(csvRow(['a', null, '', 'b'], false)).toBe('a,,,b\r\n')
    expect(csvRow([null, null], false)).toBe(',\r\n')
  })
  it('of one empty cell still is a row', () => {
    expect(csvRow([''], true)).toBe('""\r\n')
  })

  const cell = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.stringMatching(/^[-=+@\t\r"',\n0-9.eE ]{0,24}$/),
    fc.constantFrom('0012', '张"三', 'a\r\nb'),
  )
  const row = fc.array(cell, { minLength: 1, maxLength: 8 })

  it('written plain is, byte for byte, what csv-stringify writes of the guarded cells, and csv-parse reads it back', () => {
    const guarded = (value: string) => (/^(?:[=+@\t\r]|-(?!\d{1,11}(?:\.\d{1,6})?$))/.test(value) ? `'${value}` : value)
    fc.assert(
      fc.property(row, (cells) => {
        fc.pre(cells.length > 1 || cells[0] !== '')
        const line = csvRow(cells, true)
        const expected = cells.map(guarded)
        expect(line).toBe(stringify([expected], { record_delimiter: '\r\n', quoted_match: /[\r\n]/ }))
        expect(read(line)).toEqual([expected])
      }),
    )
  })

  it('written plain keeps every digit string bare', () => {
    expect(csvRow(['0012', '12345678901234567890', '1e5', '-12.50'], true)).toBe(
      '0012,12345678901234567890,1e5,-12.50\r\n',
    )
  })

  it('written for Excel reads back as the same rows, each cell itself, ="digits" or \'guarded', () => {
    fc.assert(
      fc.property(row, (cells) => {
        const [back] = read(csvRow(cells, false))
        expect(back).toHaveLength(cells.length)
        cells.forEach((value, index) => {
          expect([value, `="${value}"`, `'${value}`]).toContain(back![index])
          if (/^[=+@\t\r]/.test(value)) expect(back![index]).toBe(`'${value}`)
          if (/^0\d+$|^\d{12,}$/.test(value)) expect(back![index]).toBe(`="${value}"`)
          expect(back![index]!).not.toMatch(/^(?:[+@\t\r]|=(?!"[\d.eE+-]+"$)|-(?!\d+(?:\.\d+)?$))/)
        })
      }),
    )
  })

  it('begins a file with the UTF-8 mark', () => {
    expect([...Buffer.from(csvBom)]).toEqual([0xef, 0xbb, 0xbf])
  })
})
