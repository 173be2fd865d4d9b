import type { Axis, OrderField } from '../vocabulary.ts'

/** What an upstream field can feed: a column, or one of the five axes. */
export type Column = OrderField | Axis

/** Blank-separated normalised names. strong: says what it is; fair: usually that; weak: the values must agree. */
export interface ColumnNames {
  strong: string
  fair: string
  weak: string
}
export type NameTable = Readonly<Partial<Record<Column, ColumnNames>>>
