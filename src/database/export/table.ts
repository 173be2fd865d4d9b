import type { CellKind } from '#domain/xlsx/cells.ts'

/** null: empty. */
export type Cell = string | null

/** What a file shows: one CSV file or the sheets under one name. */
export interface Table {
  readonly name: string
  readonly headings: readonly string[]
  readonly kinds: readonly CellKind[]
  /** Some rows at a time, each lot read within one step of the event loop. */
  lots(): AsyncGenerator<Cell[][]>
  /** The same rows for `csvLines`, in UTF-8; null: their cells are to be had as texts only. */
  readonly markedLots: (() => AsyncGenerator<Uint8Array>) | null
}
