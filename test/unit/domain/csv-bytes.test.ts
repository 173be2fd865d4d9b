import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { csvLines, csvMarks } from '#domain/csv-bytes.ts'
import { csvRow } from '#domain/csv.ts'
import { nastyCell } from '../../support/nasty-cell.ts'

/** Rows as the database hands them over. */
function marked(rows: readonly (readonly string[])[]): Uint8Array {
  const bytesOf = (cells: readonly string[]): Buffer[] =>
    cells.flatMap((cell, index) => [
      Buffer.from(cell),
      Buffer.from([index < cells.length - 1 ? csvMarks.cell : csvMarks.row]),
    ])
  return Buffer.concat(rows.flatMap(bytesOf))
}

it('writes, byte for byte, the lines that csvRow writes', () => {
  const rows = fc.array(fc.array(nastyCell, { minLength: 1, maxLength: 6 }), { maxLength: 6 })
  fc.assert(
    fc.property(rows, fc.boolean(), fc.constantFrom(',', ';', '\t'), (given, plain, separator) => {
      const expected = given.map((cells) => csvRow(cells, plain, separator)).join('')
      expect(Buffer.from(csvLines(marked(given), plain, separator)).toString()).toBe(expected)
    }),
    { numRuns: 3_000 },
  )
})

it.each([['""'], ['00'], ['='], ['\r'], ['']])('has room for nothing but %j', (cell) => {
  const rows = Array.from({ length: 500 }, () => [cell])
  const expected = rows.map((cells) => csvRow(cells, false)).join('')
  expect(Buffer.from(csvLines(marked(rows), false, ',')).toString()).toBe(expected)
})
