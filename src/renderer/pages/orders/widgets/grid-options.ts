import type { GridOptions, SuppressHeaderKeyboardEventParams } from 'ag-grid-community'
import type { OrderRow } from '#shared/contract/orders.ts'
import { gridTheme, styleNonce } from '../../../theme/grid-theme.ts'
import { narrowest, widest } from '../columns/column-places.ts'
import type { GridColumnName } from '../grid-columns.ts'
import type { CellWords } from './grid-cells.ts'
import { tickColumn } from './grid-cells.ts'
import { gridActionOf } from './grid-keys.ts'
import { HeaderCell, type HeaderParts } from './header-cell.ts'
import { TickHeader, type TickHeaderParts } from './tick-header.ts'

export interface GridParts {
  words: CellWords
  header: HeaderParts
  tick: TickHeaderParts
  rowHeight: number
  isOpen(row: OrderRow): boolean
}

/** Blocks of rows the grid keeps: what is seen and a good way around it, whatever the total. */
const rowsOfBlock = 100
const blocksKept = 10

/** What does not change while the grid lives. Sorting, filtering and selecting are the page's own. */
export function gridOptions({ words, header, tick, rowHeight, isOpen }: GridParts): GridOptions<OrderRow> {
  return {
    theme: gridTheme,
    styleNonce: styleNonce(document),
    rowModelType: 'infinite',
    cacheBlockSize: rowsOfBlock,
    maxBlocksInCache: blocksKept,
    maxConcurrentDatasourceRequests: 2,
    infiniteInitialRowCount: 1,
    rowHeight,
    defaultColDef: {
      sortable: false,
      resizable: true,
      minWidth: narrowest,
      maxWidth: widest,
      headerComponent: HeaderCell,
      headerComponentParams: header,
      suppressKeyboardEvent: ({ event }) => isOurs(event),
      suppressHeaderKeyboardEvent: (params) => headerKey(params, header, tick),
    },
    components: { tickHeader: TickHeader },
    getRowId: ({ data }) => String(data.id),
    rowClassRules: { 'open-row': ({ data }) => data !== undefined && isOpen(data) },
    rowSelection: { mode: 'multiRow', headerCheckbox: false, checkboxes: false, enableClickSelection: false },
    getLocaleText: ({ key, defaultValue }) => words.aria(key) ?? defaultValue,
    enableBrowserTooltips: true,
    preventDefaultOnContextMenu: true,
    suppressDragLeaveHidesColumns: true,
    animateRows: false,
    suppressColumnMoveAnimation: true,
    suppressOverlays: ['loading', 'noRows'],
  }
}

/** Its own event comes later than the browser's turn: what the browser would do with the key is stopped here. */
function isOurs(event: KeyboardEvent): boolean {
  const ours = gridActionOf(event) !== null
  if (ours) event.preventDefault()
  return ours
}

/** On a heading Enter sorts and Alt+↓ opens its menu; the rest (moving, widening) is the grid's own. */
function headerKey(
  { event, column }: SuppressHeaderKeyboardEventParams,
  header: HeaderParts,
  tick: TickHeaderParts,
): boolean {
  if (column === null || !('getColId' in column)) return false
  const name = column.getColId()
  const menu = event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault()
    if (name === tickColumn) tick.onToggle()
    else if (header.sortable(name as GridColumnName)) header.onSort(name as GridColumnName)
    return true
  }
  if (name === tickColumn || !(menu || (event.key === 'ArrowDown' && event.altKey))) return false
  event.preventDefault()
  if (event.target instanceof HTMLElement) header.onMenu(name as GridColumnName, event.target)
  return true
}
