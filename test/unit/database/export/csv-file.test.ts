import { parse } from 'csv-parse/sync'
import * as fc from 'fast-check'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { csvDelimiters, type CsvDelimiter, type CsvEncoding } from '#shared/contract/exports.ts'
import { writeCsv } from '#database/export/csv-file.ts'
import type { Cell, Table } from '#database/export/table.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'haoka-csv-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function write(rows: Cell[][], encoding: CsvEncoding, delimiter: CsvDelimiter = 'comma', plain = true) {
  async function* lots(): AsyncGenerator<Cell[][]> {
    for (let at = 0; at < rows.length; at += 3) yield rows.slice(at, at + 3)
  }
  const table: Table = { name: '订单', headings: ['甲', '乙'], kinds: ['text', 'text'], lots, markedLots: null }
  const path = join(folder, 'file.csv')
  const file = await open(path, 'w')
  const result = await writeCsv(file, table, { encoding, delimiter, plain }).finally(() => file.close())
  return { ...result, bytes: readFileSync(path) }
}

const signs: Record<CsvDelimiter, string> = { comma: ',', semicolon: ';', tab: '\t' }
const decoders: Record<CsvEncoding, TextDecoder> = {
  utf8: new TextDecoder('utf-8', { fatal: true }),
  gbk: new TextDecoder('gb18030', { fatal: true }),
}

describe('GBK', () => {
  it('has no BOM, and bytes that every Chinese program reads', async () => {
    const { bytes, outsideGbk } = await write([['中文', 'a']], 'gbk')
    expect([...bytes]).toEqual([
      0xbc, 0xd7, 0x2c, 0xd2, 0xd2, 0x0d, 0x0a, 0xd6, 0xd0, 0xce, 0xc4, 0x2c, 0x61, 0x0d, 0x0a,
    ])
    expect(outsideGbk).toBe(0)
  })

  it('loses no sign that it lacks: each is written as GB18030 and counted', async () => {
    const text = '𠮷😀ê한'
    const { bytes, outsideGbk } = await write([[text, '張三']], 'gbk')
    expect(decoders.gbk.decode(bytes)).toBe(`甲,乙\r\n${text},張三\r\n`)
    // ê is in GBK
    expect(outsideGbk).toBe(3)
  })
})

it('begins with a BOM in UTF-8', async () => {
  const { bytes } = await write([], 'utf8', 'tab')
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  expect(bytes.subarray(3).toString()).toBe('甲\t乙\r\n')
})

describe.each(['utf8', 'gbk'] as const)('in %s', (encoding) => {
  it.each(csvDelimiters)(
    'brings every text back as it was, %s between cells',
    { timeout: 60_000 },
    async (delimiter) => {
      // A leading sign of a formula is made harmless, which the rules for cells have tests for.
      const cell = fc
        .string({ unit: 'binary', maxLength: 20 })
        .map((text) => `x${text}`)
        .filter((text) => text.isWellFormed())
      const odd = fc
        .string({ unit: fc.constantFrom('"', ',', ';', '\t', '\r', '\n', '店', '0') })
        .map((text) => `y${text}`)
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(cell, odd), { maxLength: 12 }), async (rows) => {
          const { bytes } = await write(rows, encoding, delimiter)
          const options = { bom: true, delimiter: signs[delimiter], record_delimiter: '\r\n' }
          const [header, ...read] = parse(decoders[encoding].decode(bytes), options) as string[][]
          expect(header).toEqual(['甲', '乙'])
          expect(read).toEqual(rows)
        }),
        { numRuns: 40 },
      )
    },
  )
})

it('quotes digit strings for Excel in every delimiter', async () => {
  const { bytes } = await write([['0012', '110101199003071234']], 'utf8', 'semicolon', false)
  expect(bytes.subarray(3).toString()).toBe('甲;乙\r\n"=""0012""";"=""110101199003071234"""\r\n')
})
