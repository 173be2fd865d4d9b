import type { FileHandle } from 'node:fs/promises'
import { csvBom, csvRow, type CsvSeparator } from '#domain/csv.ts'
import type { CsvDelimiter, CsvEncoding } from '#shared/contract/exports.ts'
import type { Cell, Table } from './table.ts'

export interface CsvStyle {
  readonly encoding: CsvEncoding
  readonly delimiter: CsvDelimiter
  readonly plain: boolean
}

const separators: Readonly<Record<CsvDelimiter, CsvSeparator>> = { comma: ',', semicolon: ';', tab: '\t' }

/** Writes a table as CSV. Returns how many characters GBK itself lacks. */
export async function writeCsv(file: FileHandle, table: Table, style: CsvStyle): Promise<{ outsideGbk: number }> {
  const separator = separators[style.delimiter]
  const encode = await encoderFor(style.encoding)
  const lines = (rows: readonly (readonly Cell[])[]): string => {
    let text = ''
    for (const cells of rows) text += csvRow(cells, style.plain, separator)
    return text
  }
  let outsideGbk = 0
  let written: Promise<void> = Promise.resolve()
  /** One lot is on its way to the disk while the next is read. */
  const write = async (text: string): Promise<void> => {
    const bytes = encode(text)
    if (style.encoding === 'gbk') outsideGbk += countFourByte(bytes)
    await written
    written = file.appendFile(bytes)
    // Whoever waits next is told.
    written.catch(() => undefined)
  }
  try {
    await write((style.encoding === 'utf8' ? csvBom : '') + lines([table.headings]))
    for await (const rows of table.lots()) if (rows.length > 0) await write(lines(rows))
  } finally {
    // The file is closed next, cancelled or not.
    await written
  }
  return { outsideGbk }
}

async function encoderFor(encoding: CsvEncoding): Promise<(text: string) => Uint8Array> {
  if (encoding === 'utf8') return (text) => Buffer.from(text)
  const { default: iconv } = await import('iconv-lite')
  return (text) => iconv.encode(text, 'gb18030')
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
