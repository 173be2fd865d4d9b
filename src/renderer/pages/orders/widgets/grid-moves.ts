import type { GridApi } from 'ag-grid-community'
import type { OrderRow } from '#shared/contract/orders.ts'
import { tickColumn } from './grid-cells.ts'
import type { GridAction } from './grid-keys.ts'

type Move = Extract<GridAction, { kind: 'go' | 'extend' }>

/** Puts the focus where a key asks, scrolling there; answers the row it is on now, or null where there is none. */
export function moveFocus(grid: GridApi<OrderRow>, move: Move): number | null {
  const focused = grid.getFocusedCell()
  const last = grid.getDisplayedRowCount() - 1
  if (focused === null || last < 0) return null
  const row = Math.min(last, Math.max(0, targetRow(grid, move, focused.rowIndex, last)))
  const columns = grid.getAllDisplayedColumns()
  const end = move.kind === 'go' && move.column !== 'same' ? move.column : null
  const column =
    end === null
      ? focused.column
      : (columns.filter((shown) => shown.getColId() !== tickColumn).at(end === 'first' ? 0 : -1) ?? focused.column)
  grid.ensureIndexVisible(row)
  if (end !== null) grid.ensureColumnVisible(column)
  grid.setFocusedCell(row, column)
  return row
}

function targetRow(grid: GridApi<OrderRow>, move: Move, from: number, last: number): number {
  const to = move.kind === 'go' ? move.row : move.by
  if (typeof to === 'number') return from + to
  switch (to) {
    case 'first':
      return 0
    case 'last':
      return last
    case 'same':
      return from
    default:
      return from + (to === 'page' ? 1 : -1) * rowsOfPage(grid)
  }
}

function rowsOfPage(grid: GridApi<OrderRow>): number {
  return Math.max(1, grid.getLastDisplayedRowIndex() - grid.getFirstDisplayedRowIndex() - 1)
}
