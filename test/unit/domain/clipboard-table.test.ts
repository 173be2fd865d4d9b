import { parse } from 'csv-parse/sync'
import { array, assert, constantFrom, property, string, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clipboardTable, tsvRow } from '#domain/clipboard-table.ts'

describe('a table on the clipboard', () => {
  it.each([
    [['a', 'b'], 'a\tb\r\n'],
    [['a', null, ''], 'a\t\t\r\n'],
    [['tab\there'], '"tab\there"\r\n'],
    [['line\nbreak', 'x'], '"line\nbreak"\tx\r\n'],
    [['he said "yes"'], '"he said ""yes"""\r\n'],
    [['0020240000000012'], '0020240000000012\r\n'],
  ])('writes %j as the row %j', (cells, row) => {
    expect(tsvRow(cells)).toBe(row)
  })

  it('reads back cell by cell, whatever stands in the cells', () => {
    const cell = string({ unit: constantFrom('a', '号', '"', '\t', '\n', '\r', ',', '=', ' ', '0') })
    assert(
      property(array(tuple(cell, cell, cell), { minLength: 2, maxLength: 8 }), (rows) => {
        const read = parse(clipboardTable(rows).text, { delimiter: '\t', recordDelimiter: '\r\n' })
        expect(read).toEqual(rows)
      }),
    )
  })

  it('gives one cell alone bare, as a chat or a phone wants it', () => {
    expect(clipboardTable([['say "hi"']]).text).toBe('say "hi"')
    expect(clipboardTable([[null]]).text).toBe('')
  })

  it('marks every cell as text for Excel, so that long numbers and leading zeros survive and no formula runs', () => {
    const { html } = clipboardTable([['0020240000000012', '=1+1']])
    expect(html.match(/<td style="mso-number-format:'\\@'">/g)).toHaveLength(2)
    expect(html).toContain('>0020240000000012<')
  })

  it('lets nothing that a customer typed become markup', () => {
    expect(clipboardTable([['<img src=x onerror="a&b">']]).html).toContain(
      '&lt;img src=x onerror=&quot;a&amp;b&quot;&gt;',
    )
  })

  it('keeps a line break inside its cell', () => {
    expect(clipboardTable([['a\r\nb']]).html).toContain('a<br style="mso-data-placement:same-cell">b')
  })
})
