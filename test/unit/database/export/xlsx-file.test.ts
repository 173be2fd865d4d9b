import * as fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CellKind } from '#domain/xlsx/cells.ts'
import type { Cell, Table } from '#database/export/table.ts'
import { sheetLimits, writeXlsx } from '#database/export/xlsx-file.ts'
import { readXlsx, shownTexts } from '../../../support/xlsx.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'haoka-xlsx-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function table(rows: Cell[][], kinds: CellKind[] = ['text', 'text'], name = '订单'): Table {
  const headings = kinds.map((_, index) => `列${index + 1}`)
  async function* lots(): AsyncGenerator<Cell[][]> {
    for (let at = 0; at < rows.length; at += 4) yield rows.slice(at, at + 4)
  }
  return { name, headings, kinds, lots, markedLots: null }
}

async function write(tables: Table[], limits: { rows: number; bytes: number } = sheetLimits) {
  const path = join(folder, 'book.xlsx')
  const file = await open(path, 'w')
  const result = await writeXlsx(file, tables, limits).finally(() => file.close())
  return { ...result, sheets: readXlsx(path) }
}

describe('a workbook', () => {
  it('has typed cells, a filter at the heading, and its sheets by name', async () => {
    const kinds: CellKind[] = ['text', 'time', 'amount']
    const { sheets } = await write([
      table(
        [
          ['0012', '2024-09-01 18:00:00', '12.50'],
          ['=1+1', '昨天', '50元'],
        ],
        kinds,
      ),
      table([], ['text'], '变动'),
    ])
    expect(sheets.map(({ name, filter }) => [name, filter])).toEqual([
      ['订单', 'A1:C3'],
      ['变动', 'A1:A1'],
    ])
    expect(sheets[0]?.rows.map((row) => row.map((cell) => cell && [cell.type, cell.value, cell.shown]))).toEqual([
      [
        ['s', '列1', '列1'],
        ['s', '列2', '列2'],
        ['s', '列3', '列3'],
      ],
      [
        ['s', '0012', '0012'],
        ['n', 45_536.75, '2024-09-01 18:00:00'],
        ['n', 12.5, '12.50'],
      ],
      [
        ['s', '=1+1', '=1+1'],
        ['s', '昨天', '昨天'],
        ['s', '50元', '50元'],
      ],
    ])
  })

  it('goes on in further sheets, each with its heading, where one is full', async () => {
    const rows = Array.from({ length: 7 }, (_, index) => [`${index}`, null])
    const { sheets } = await write([table(rows)], { rows: 3, bytes: Infinity })
    expect(sheets.map(({ name }) => name)).toEqual(['订单', '订单 2', '订单 3'])
    expect(sheets.flatMap(({ rows: [, ...body] }) => body.map(([cell]) => cell?.value))).toEqual(
      rows.map(([cell]) => cell),
    )
    expect(sheets.every((sheet) => sheet.rows[0]?.[0]?.value === '列1')).toBe(true)
  })

  it('opens no empty sheet where the rows end with one', async () => {
    const { sheets } = await write(
      [
        table([
          ['a', 'b'],
          ['c', 'd'],
        ]),
      ],
      { rows: 2, bytes: Infinity },
    )
    expect(sheets).toHaveLength(1)
  })

  it('cuts what no cell can hold, and says how often', async () => {
    const { sheets, shortened } = await write([table([['长'.repeat(40_000), 'b']])])
    expect(shortened).toBe(1)
    expect(sheets[0]?.rows[1]?.[0]?.value).toHaveLength(32_767)
  })

  it('fails with the rows, without waiting for ever', async () => {
    const broken: Table = {
      ...table([]),
      async *lots() {
        yield [['a', 'b']]
        throw new Error('no more')
      },
    }
    await expect(write([broken])).rejects.toThrow('no more')
  })

  it('fails with the file, without waiting for ever', async () => {
    const path = join(folder, 'closed.xlsx')
    const file = await open(path, 'w')
    await file.close()
    const rows = Array.from({ length: 20_000 }, (_, index) => [`${index}`.repeat(9), 'b'])
    await expect(writeXlsx(file, [table(rows)])).rejects.toThrow()
  })

  it('brings every text back as it was', { timeout: 60_000 }, async () => {
    const texts = fc.array(
      fc.tuple(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.string({
          unit: fc.constantFrom('_', 'x', '0', '4', '1', ' ', '=', '\r', '\n', '\t', '\u0001', '\uFFFF', '&', '<'),
        }),
      ),
      { minLength: 1, maxLength: 10 },
    )
    await fc.assert(
      fc.asyncProperty(texts, async (rows) => {
        const { sheets } = await write([table(rows.map((row) => [...row]))])
        const [, ...read] = shownTexts(sheets[0]!)
        // The last rows may be wholly empty: nothing of them is in the file.
        expect(rows.map((_, index) => read[index] ?? ['', ''])).toEqual(rows.map((row) => row.map(asRead)))
        expect(sheets[0]!.rows.flat().every((cell) => cell === null || cell.type === 's')).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})

/** The reading library makes one line end of the two. */
const asRead = (text: string): string => text.replaceAll('\r\n', '\n')
