import { describe, expect, it } from 'vitest'
import { cellXml, columnLetters, isAmount, shownWidth, timeSerial, withinCell, xmlText } from '#domain/xlsx/cells.ts'

describe('text in a sheet', () => {
  it.each([
    ['张三 & <b>"店"</b>', '张三 &amp; &lt;b&gt;&quot;店&quot;&lt;/b&gt;'],
    ['a\tb\nc', 'a\tb\nc'],
    // carriage returns would be read back as line feeds
    ['a\r\nb', 'a_x000D_\nb'],
    ['\u0000\u0008\u000B\u001F', '_x0000__x0008__x000B__x001F_'],
    ['\uFFFE\uFFFF', '_xFFFE__xFFFF_'],
    // what looks like the escape itself must not be taken for one
    ['_x0041_', '_x005F_x0041_'],
    ['_x41_ _xyz0_', '_x41_ _xyz0_'],
    ['half \uD83D alone', 'half \uFFFD alone'],
    ['whole 😀 𠮷', 'whole 😀 𠮷'],
  ])('%j is written %j', (text, xml) => {
    expect(xmlText(text)).toBe(xml)
  })

  it.each(['=1+1', '+86138', '-2+3', '@SUM(A1)', '0012', '110101199003071234', '1e5', 'TRUE', '2024-09-01'])(
    '%s is typed as text, so that no program takes it for anything else',
    (text) => {
      expect(cellXml('A2', 'text', text)).toBe(`<c r="A2" s="1" t="inlineStr"><is><t>${text}</t></is></c>`)
    },
  )

  it('keeps spaces at its ends', () => {
    expect(cellXml('A2', 'text', ' a ')).toContain('<t xml:space="preserve"> a </t>')
  })

  it('is cut at what a cell holds, never through a sign', () => {
    expect(withinCell('a'.repeat(40_000))).toHaveLength(32_767)
    expect(withinCell('a'.repeat(32_766) + '😀')).toBe('a'.repeat(32_766))
  })
})

describe('a time', () => {
  it.each([
    // serials as Excel gives them for these texts
    ['1900-03-01 00:00:00', 61],
    ['1970-01-01 00:00:00', 25_569],
    ['2024-02-29 12:00:00', 45_351.5],
    ['2024-09-01', 45_536],
    ['2024-09-01 18:00:00', 45_536.75],
  ])('%s is day %d', (text, serial) => {
    expect(timeSerial(text)).toBe(serial)
    expect(cellXml('B2', 'time', text)).toBe(`<c r="B2" s="2"><v>${serial}</v></c>`)
  })

  it.each([
    '1900-02-28 00:00:00',
    '2023-02-29 00:00:00',
    '2024-13-01 00:00:00',
    '2024-09-01 25:00:00',
    '昨天',
    '0000-00-00 00:00:00',
    '',
  ])('%j is none, and stays text', (text) => {
    expect(timeSerial(text)).toBeNull()
  })
})

describe('an amount', () => {
  it.each([
    ['0', true],
    ['12.50', true],
    ['-3', true],
    ['123456789012345', true],
    ['1234567890123456', false],
    ['0012', false],
    ['1,200', false],
    ['50元', false],
    ['1e5', false],
    ['.5', false],
    ['', false],
  ])('%s: %s', (text, is) => {
    expect(isAmount(text)).toBe(is)
    expect(cellXml('C2', 'amount', text).includes('t="inlineStr"')).toBe(!is)
  })
})

it.each([
  [0, 'A'],
  [25, 'Z'],
  [26, 'AA'],
  [51, 'AZ'],
  [52, 'BA'],
  [701, 'ZZ'],
  [702, 'AAA'],
])('column %d is %s', (index, letters) => {
  expect(columnLetters(index)).toBe(letters)
})

it('counts a Chinese sign as two digits wide', () => {
  expect(shownWidth('套餐29元')).toBe(8)
})
