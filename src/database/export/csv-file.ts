import type { FileHandle } from 'node:fs/promises'
import { csvBom, csvRow, type CsvSeparator } from '#domain/csv.ts'
import { csvLines } from '#domain/csv-bytes.ts'
import type { CsvDelimiter, CsvEncoding } from '#shared/contract/exports.ts'
import type { Table } from './table.ts'

export interface CsvStyle {
  readonly encoding: CsvEncoding
  readonly delimiter: CsvDelimiter
  readonly plain: boolean
}

const separators: Readonly<Record<CsvDelimiter, CsvSeparator>> = { comma: ',', semicolon: ';', tab: '\t' }

/** Writes a table as CSV. Returns how many characters GBK itself lacks. */
export async function writeCsv(file: FileHandle, table: Table, style: CsvStyle): Promise<{ outsideGbk: number }> {
  const encode = await encoderFor(style.encoding)
  let outsideGbk = 0
  let written: Promise<void> = Promise.resolve()
  /** One lot is on its way to the disk while the next is read. */
  const write = async (lines: string | Uint8Array): Promise<void> => {
    const bytes = encode(lines)
    if (style.encoding === 'gbk') outsideGbk += countFourByte(bytes)
    await written
    written = file.appendFile(bytes)
    // Whoever waits next is told.
    written.catch(() => undefined)
  }
  try {
    const bom = style.encoding === 'utf8' ? csvBom : ''
    await write(bom + csvRow(table.headings, style.plain, separators[style.delimiter]))
    for await (const lines of linesOf(table, style)) if (lines.length > 0) await write(lines)
  } finally {
    // The file is closed next, cancelled or not.
    await written
  }
  return { outsideGbk }
}

async function* linesOf(table: Table, { delimiter, plain }: CsvStyle): AsyncGenerator<string | Uint8Array> {
  const separator = separators[delimiter]
  if (table.markedLots === null) {
    for await (const rows of table.lots()) {
      let text = ''
      for (const cells of rows) text += csvRow(cells, plain, separator)
      yield text
    }
  } else {
    for await (const marked of table.markedLots()) yield csvLines(marked, plain, separator)
  }
}

async function encoderFor(encoding: CsvEncoding): Promise<(lines: string | Uint8Array) => Uint8Array> {
  if (encoding === 'utf8') return (lines) => (typeof lines === 'string' ? Buffer.from(lines) : lines)
  const { default: iconv } = await import('iconv-lite')
  return (lines) => iconv.encode(typeof lines === 'string' ? lines : Buffer.from(lines).toString(), 'gb18030')
}

/** GB18030 writes what GBK lacks in four bytes, of which the second is a digit; in its pairs that is never so. */
function countFourByte(bytes: Uint8Array): number {
  let count = 0
  for (let at = 0; at < bytes.length; at += 1) {
    if ((bytes[at] ?? 0) < 0x80) continue
    at += 1
    const second = bytes[at] ?? 0
    if (second < 0x30 || second > 0x39) continue
    count += 1
    at += 2
  }
  return count
}
