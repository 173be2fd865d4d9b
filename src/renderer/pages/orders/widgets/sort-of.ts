import { orderColumns, type OrderColumn } from '#domain/vocabulary.ts'
import type { OrderSort } from '#shared/contract/orders.ts'

/** The one sorted column of the grid's own state; null: none is. */
export function sortOf(columns: readonly { colId: string; sort?: string | null | undefined }[]): OrderSort | null {
  const sorted = columns.find(({ sort }) => sort === 'asc' || sort === 'desc')
  const column = orderColumns.find((name) => name === sorted?.colId) as OrderColumn | undefined
  return sorted === undefined || column === undefined ? null : { column, descending: sorted.sort === 'desc' }
}
