import type { ColDef, ICellRendererParams, ITooltipParams, ValueFormatterParams } from 'ag-grid-community'
import { fromBeijing, isBeijing } from '#domain/beijing-time.ts'
import { stageGroupOf } from '#domain/vocabulary.ts'
import type { OrderRow, OrderSort } from '#shared/contract/orders.ts'
import { gridColumns, type GridColumn } from '../grid-columns.ts'

/** The words a cell needs; functions, because language and clock change under a living grid. */
export interface CellWords {
  column(name: string): string
  stage(name: OrderRow['stage']): string
  backward(): string
  goneUpstream(): string
  /** A cell of an axis column: a bare 0 or 1 as its word. */
  axis(column: string, text: string, stage: OrderRow['stage']): string
  moment(epochMs: number): string
  full(epochMs: number): string
  /** The grid's own spoken texts, by its key; undefined: not one that is ever spoken here. */
  aria(key: string): string | undefined
}

export function columnDefs(words: CellWords, sort: OrderSort): ColDef<OrderRow>[] {
  return gridColumns.map((column) => columnDef(column, words, sort))
}

function columnDef(column: GridColumn, words: CellWords, sort: OrderSort): ColDef<OrderRow> {
  return {
    colId: column.name,
    field: column.name,
    headerName: words.column(column.name),
    width: column.width,
    pinned: column.pinned === true ? 'left' : null,
    sort: sort.column === column.name ? (sort.descending ? 'desc' : 'asc') : null,
    ...(column.kind === 'amount' ? { type: 'rightAligned' } : {}),
    ...shownAs(column, words),
  }
}

function shownAs(column: GridColumn, words: CellWords): ColDef<OrderRow> {
  if (column.name === 'orderNo') return { cellRenderer: firstCell }
  if (column.kind === 'stage') return { cellRenderer: stageCell(words) }
  if (column.kind === 'beijing' || column.kind === 'moment')
    return {
      valueFormatter: ({ value }: ValueFormatterParams<OrderRow>) => timeText(value, words),
      tooltipValueGetter: ({ value }: ITooltipParams<OrderRow>) => fullTime(value, words),
    }
  const text = (value: unknown, row: OrderRow | undefined): string =>
    row === undefined ? textOf(value) : words.axis(column.name, textOf(value), row.stage)
  return {
    valueFormatter: ({ value, data }) => text(value, data),
    tooltipValueGetter: ({ value, data }) => text(value, data),
  }
}

/** Stands in grey until its row has come; the style shows it only after 200 ms. */
function firstCell({ data }: ICellRendererParams<OrderRow>): HTMLElement | string {
  if (data !== undefined) return data.orderNo
  const bar = document.createElement('i')
  bar.className = 'coming'
  return bar
}

function stageCell(words: CellWords) {
  return ({ data }: ICellRendererParams<OrderRow>): HTMLElement | string => {
    if (data === undefined) return ''
    const cell = document.createElement('span')
    const dot = document.createElement('i')
    dot.className = 'stage-dot'
    dot.dataset['group'] = stageGroupOf[data.stage]
    cell.append(dot, words.stage(data.stage))
    if (data.backward) cell.append(flag(' ↩', words.backward()))
    if (data.goneUpstreamAt !== null) cell.append(flag(' ⌀', words.goneUpstream()))
    return cell
  }
}

function flag(sign: string, meaning: string): HTMLElement {
  const element = document.createElement('span')
  element.className = 'backward'
  element.textContent = sign
  element.title = meaning
  element.ariaLabel = meaning
  return element
}

function timeText(value: unknown, words: CellWords): string {
  const epochMs = epochOf(value)
  return epochMs === null ? textOf(value) : words.moment(epochMs)
}

function fullTime(value: unknown, words: CellWords): string {
  const epochMs = epochOf(value)
  return epochMs === null ? textOf(value) : words.full(epochMs)
}

function epochOf(value: unknown): number | null {
  if (typeof value === 'number') return value
  return typeof value === 'string' && isBeijing(value) ? fromBeijing(value) : null
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
