import type { ColDef, ICellRendererParams, ITooltipParams, ValueFormatterParams } from 'ag-grid-community'
import { fromBeijing, isBeijing } from '#domain/beijing-time.ts'
import { stageGroupOf, type OrderFlag } from '#domain/vocabulary.ts'
import type { OrderRow } from '#shared/contract/orders.ts'
import type { ColumnPlaces } from '../columns/column-places.ts'
import { gridColumns, type GridColumn } from '../grid-columns.ts'
import type { TickHeaderParts } from './tick-header.ts'

/** The words a cell needs; functions, because language and clock change under a living grid. */
export interface CellWords {
  column(name: string): string
  /** What the button beside a column's name is for. */
  columnMenu(name: string): string
  selectAll(): string
  /** A Beijing day by which something is due, and whether it has gone by. */
  due(day: string): string
  isPast(day: string): boolean
  stage(name: OrderRow['stage']): string
  type(name: OrderRow['type']): string
  flag(name: OrderFlag): string
  backward(): string
  goneUpstream(): string
  /** A cell of an axis column: a bare 0 or 1 as its word. */
  axis(column: string, text: string, stage: OrderRow['stage']): string
  moment(epochMs: number): string
  full(epochMs: number): string
  /** The grid's own spoken texts, by its key; undefined: not one that is ever spoken here. */
  aria(key: string): string | undefined
}

/** The column that ticks rows, and the one with the last day to act, which only a built-in view gives. */
export const tickColumn = 'tick'
export const dueColumn = 'dueOn'

/** Every column in its place; the due day stands right behind the stage. */
export function columnDefs(
  words: CellWords,
  places: ColumnPlaces,
  { due, tick }: { due: boolean; tick: TickHeaderParts },
): ColDef<OrderRow>[] {
  const kinds = new Map(gridColumns.map((column) => [column.name, column]))
  const defs = places.flatMap((place): ColDef<OrderRow>[] => {
    const column = kinds.get(place.name)
    if (column === undefined) return []
    const def = { ...columnDef(column, words), width: place.width, hide: !place.shown, pinned: place.pinned }
    return column.name === 'stage' ? [def, dueDef(words, due)] : [def]
  })
  return [tickDef(words, tick), ...defs]
}

function columnDef(column: GridColumn, words: CellWords): ColDef<OrderRow> {
  return {
    colId: column.name,
    field: column.name,
    headerName: words.column(column.name),
    ...(column.kind === 'amount' ? { type: 'rightAligned' } : {}),
    ...shownAs(column, words),
  }
}

function tickDef(words: CellWords, tick: TickHeaderParts): ColDef<OrderRow> {
  return {
    colId: tickColumn,
    headerName: words.column(tickColumn),
    width: 36,
    pinned: 'left',
    lockPosition: 'left',
    lockPinned: true,
    resizable: false,
    suppressMovable: true,
    cellClass: 'tick-cell',
    cellRenderer: tickCell,
    headerComponent: 'tickHeader',
    headerComponentParams: tick,
  }
}

function dueDef(words: CellWords, shown: boolean): ColDef<OrderRow> {
  return {
    colId: dueColumn,
    field: dueColumn,
    headerName: words.column(dueColumn),
    width: 112,
    hide: !shown,
    suppressMovable: true,
    valueFormatter: ({ data }) => (data?.dueOn ? words.due(data.dueOn) : ''),
    cellClassRules: { overdue: ({ data }) => words.isPast(data?.dueOn ?? '9') },
  }
}

function shownAs(column: GridColumn, words: CellWords): ColDef<OrderRow> {
  switch (column.kind) {
    case 'stage':
      return { cellRenderer: stageCell(words) }
    case 'flag':
      return { cellRenderer: flagCell(words) }
    case 'type':
      return { valueFormatter: ({ data }) => (data === undefined ? '' : words.type(data.type)) }
    case 'tags':
      return { valueFormatter: ({ data }) => data?.tags.join(' · ') ?? '', tooltipValueGetter: tagsOf }
    case 'beijing':
    case 'moment':
      return {
        valueFormatter: ({ value }: ValueFormatterParams<OrderRow>) => timeText(value, words),
        tooltipValueGetter: ({ value }: ITooltipParams<OrderRow>) => fullTime(value, words),
      }
    default:
      return column.name === 'orderNo' ? { cellRenderer: firstCell } : wordCells(column.name, words)
  }
}

function wordCells(column: string, words: CellWords): ColDef<OrderRow> {
  const text = (value: unknown, row: OrderRow | undefined): string =>
    row === undefined ? textOf(value) : words.axis(column, textOf(value), row.stage)
  return {
    valueFormatter: ({ value, data }) => text(value, data),
    tooltipValueGetter: ({ value, data }) => text(value, data),
  }
}

function tagsOf({ data }: ITooltipParams<OrderRow>): string {
  return data?.tags.join('\n') ?? ''
}

/** Stands in grey until its row has come; the style shows it only after 200 ms. */
function firstCell({ data }: ICellRendererParams<OrderRow>): HTMLElement | string {
  if (data !== undefined) return data.orderNo
  const bar = document.createElement('i')
  bar.className = 'coming'
  return bar
}

/** The row itself says whether it is selected; this only shows it and takes the press. */
function tickCell({ data }: ICellRendererParams<OrderRow>): HTMLElement | string {
  if (data === undefined) return ''
  const tick = document.createElement('i')
  tick.className = 'tick'
  return tick
}

function flagCell(words: CellWords) {
  return ({ data }: ICellRendererParams<OrderRow>): HTMLElement | string => {
    if (data === undefined || data.flag === null) return ''
    const cell = document.createElement('span')
    const dot = document.createElement('i')
    dot.className = 'flag-mark'
    dot.dataset['flag'] = data.flag
    cell.append(dot, words.flag(data.flag))
    return cell
  }
}

function stageCell(words: CellWords) {
  return ({ data }: ICellRendererParams<OrderRow>): HTMLElement | string => {
    if (data === undefined) return ''
    const cell = document.createElement('span')
    const dot = document.createElement('i')
    dot.className = 'stage-dot'
    dot.dataset['group'] = stageGroupOf[data.stage]
    cell.append(dot, words.stage(data.stage))
    if (data.backward) cell.append(sign(' ↩', words.backward()))
    if (data.goneUpstreamAt !== null) cell.append(sign(' ⌀', words.goneUpstream()))
    return cell
  }
}

function sign(text: string, meaning: string): HTMLElement {
  const element = document.createElement('span')
  element.className = 'backward'
  element.textContent = text
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
