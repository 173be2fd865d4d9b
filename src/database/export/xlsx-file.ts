import type { FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { sheetHead, sheetPath, sheetTail, workbookParts, type SheetPlan } from '#domain/xlsx/parts.ts'
import { rowsXml, sheetWidths } from './sheet-rows.ts'
import type { Cell, Table } from './table.ts'

/** What a sheet can hold besides its heading; the bytes keep its part below what plain ZIP can say. */
export const sheetLimits = { rows: 1_048_575, bytes: 3_500_000_000 } as const

const compressionLevel = 6

/**
 * Writes tables as one workbook, row by row: nothing is held but the lot under way. Returns how many cells were too long
 * for a cell of XLSX.
 */
export async function writeXlsx(
  file: FileHandle,
  tables: readonly Table[],
  limits: { rows: number; bytes: number } = sheetLimits,
): Promise<{ shortened: number }> {
  const zip = new ZipFile()
  const output = zip.outputStream as Readable
  zip.once('error', (error: Error) => output.destroy(error))
  const written = pour(output, file)
  // Whoever fails first is told below.
  written.catch(() => undefined)
  const book = { zip, written, limits, plans: [] as SheetPlan[], shortened: 0 }
  try {
    for (const table of tables) await addTable(book, table)
    for (const [path, xml] of workbookParts(book.plans)) zip.addBuffer(Buffer.from(xml), path)
    zip.end()
    await written
    return { shortened: book.shortened }
  } catch (thrown) {
    output.destroy()
    await written.catch(() => undefined)
    throw thrown
  }
}

async function pour(output: Readable, file: FileHandle): Promise<void> {
  for await (const bytes of output) await file.appendFile(bytes as Buffer)
}

interface Book {
  readonly zip: ZipFile
  readonly written: Promise<void>
  readonly limits: { rows: number; bytes: number }
  readonly plans: SheetPlan[]
  shortened: number
}

/** One sheet, or as many as its rows need. */
async function addTable(book: Book, table: Table): Promise<void> {
  const rows = new Rows(table.lots())
  const widths = sheetWidths(table, await rows.peek())
  for (let part = 1; part === 1 || (await rows.peek()).length > 0; part += 1) {
    const name = part === 1 ? table.name : `${table.name} ${part}`
    const plan = { name, columns: table.headings.length, rows: 1 }
    book.plans.push(plan)
    const stream = Readable.from(sheetBytes(book, table, widths, rows, plan), { objectMode: false })
    book.zip.addReadStream(stream, sheetPath(book.plans.length), { compressionLevel })
    // A file that cannot be written any more would leave the sheet waiting for ever.
    await Promise.race([finished(stream), book.written])
  }
}

/** Takes rows until the sheet is full or none are left; counts them in its plan. */
async function* sheetBytes(
  book: Book,
  table: Table,
  widths: readonly number[],
  rows: Rows,
  plan: SheetPlan,
): AsyncGenerator<Buffer> {
  yield Buffer.from(sheetHead(table.headings, widths))
  let bytes = 0
  while (plan.rows <= book.limits.rows && bytes < book.limits.bytes) {
    const taken = await rows.take(book.limits.rows + 1 - plan.rows)
    if (taken.length === 0) break
    const { xml, shortened } = rowsXml(taken, table.kinds, plan.rows + 1)
    book.shortened += shortened
    plan.rows += taken.length
    bytes += xml.length
    yield xml
  }
  yield Buffer.from(sheetTail(plan))
}

/** The rows of a table, lot by lot, looked at before they are taken. */
class Rows {
  readonly #lots: AsyncGenerator<Cell[][]>
  #next: Cell[][] = []

  constructor(lots: AsyncGenerator<Cell[][]>) {
    this.#lots = lots
  }

  /** The rest of the lot under way, or the next one; empty at the end. */
  async peek(): Promise<readonly Cell[][]> {
    while (this.#next.length === 0) {
      const { done, value } = await this.#lots.next()
      if (done === true) break
      this.#next = value
    }
    return this.#next
  }

  async take(atMost: number): Promise<Cell[][]> {
    await this.peek()
    return this.#next.splice(0, atMost)
  }
}
