import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'

export interface ReadCsv {
  /** The file as it lies on the disk, BOM included. */
  raw: string
  header: string[]
  /** Cells as Excel shows them: `="0012"` is 0012. */
  rows: Record<string, string>[]
}

/** Throws on anything but RFC 4180 with CRLF between the lines; a cell may hold a line break of its own. */
export function readCsv(file: string, { encoding = 'utf-8', delimiter = ',' } = {}): ReadCsv {
  const raw = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(readFileSync(file))
  const lines = parse(raw, { bom: true, delimiter, record_delimiter: '\r\n' }) as string[][]
  const [header = [], ...body] = lines
  const rows = body.map((cells) => Object.fromEntries(header.map((name, index) => [name, asShown(cells[index] ?? '')])))
  return { raw, header, rows }
}

function asShown(cell: string): string {
  return /^="(.*)"$/.exec(cell)?.[1] ?? cell
}
