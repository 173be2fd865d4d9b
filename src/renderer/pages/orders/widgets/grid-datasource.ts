import type { IDatasource, IGetRowsParams } from 'ag-grid-community'
import type { OrderRow } from '#shared/contract/orders.ts'

export interface RowWindow {
  rows: OrderRow[]
  total: number
  /** False: `total` is only what is surely there; the same window should be asked again. */
  complete: boolean
}

export interface DatasourceParts {
  read(start: number, count: number): Promise<RowWindow>
  /** Rows have come and are in the grid. */
  loaded(): void
  /** The rows that came are not all yet. */
  partial(): void
  failed(thrown: unknown): void
}

/** Windows for the grid's blocks. The grid itself drops an answer that a newer question has overtaken. */
export function ordersDatasource({ read, loaded, partial, failed }: DatasourceParts): IDatasource {
  async function answer({ startRow, endRow, successCallback, failCallback }: IGetRowsParams): Promise<void> {
    try {
      const { rows, total, complete } = await read(startRow, endRow - startRow)
      successCallback(rows, total)
      loaded()
      if (!complete) partial()
    } catch (thrown) {
      failCallback()
      failed(thrown)
    }
  }
  return { getRows: (params) => void answer(params) }
}
