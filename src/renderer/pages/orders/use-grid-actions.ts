import { ElMessage } from 'element-plus'
import { ref, shallowRef, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { orderColumns } from '#domain/vocabulary.ts'
import type { OrderFilter, OrderRow } from '#shared/contract/orders.ts'
import type { Api } from '../../api/api.ts'
import { useOrdersView } from '../../stores/orders-view.ts'
import { useView } from '../../stores/view.ts'
import { useOrdersContext } from './context.ts'
import { useGridCopy, type CopyOrder } from './data/use-grid-copy.ts'
import { filterByValue } from './filters/filter-by-value.ts'
import type { ShownFilter } from './filters/shown-filter.ts'
import { gridColumns, type GridColumnName } from './grid-columns.ts'
import { everythingSelected, isEmpty, isSelected, nothingSelected } from './selection/row-selection.ts'
import type { GridCommand } from './widgets/GridMenu.vue'

/** What is open over the grid. */
export type Popup =
  | { kind: 'menu'; row: OrderRow; column: string; index: number; at: DOMRect }
  | { kind: 'column'; column: GridColumnName; at: DOMRect }
  | { kind: 'chooser' | 'columns'; at: DOMRect }

export interface GridActionsParts {
  api: Api
  filter: ComputedRef<OrderFilter | null>
  tell: (thrown: unknown) => void
  open: (id: number, index: number) => void
}

export type GridActions = ReturnType<typeof useGridActions>

/** What the grid, its menus and the buttons above it do. */
export function useGridActions({ api, filter, tell, open }: GridActionsParts) {
  const view = useOrdersView()
  const pages = useView()
  const { scope, reveal } = useOrdersContext()
  const { t } = useI18n()
  const copying = useGridCopy(api, tell)
  const popup = shallowRef<Popup | null>(null)
  const tags = ref<string[]>([])

  /** The rows that a command on this row is about: the selection it belongs to, else itself. */
  function about(row: OrderRow): CopyOrder | null {
    const now = scope.value
    if (now === null) return null
    const selected = isSelected(view.selection, row.id) ? now.selected : null
    const meant = selected?.filter ?? { ...now.filter, only: { ids: [row.id] } }
    return { filter: meant, sort: now.sort, columns: now.columns }
  }

  async function copy(kind: 'cell' | 'rows', row: OrderRow, column: string): Promise<void> {
    const order = about(row)
    if (order === null || filter.value === null) return
    const rows = kind === 'rows' || isSelected(view.selection, row.id)
    if (rows) await copying.rows(order)
    else await copying.cell({ ...order, filter: filter.value }, row, column)
  }

  function valueOf(row: OrderRow, column: string): Partial<ShownFilter> | null {
    const name = gridColumns.find((known) => known.name === column)?.name
    return name === undefined ? null : filterByValue(view.shown, row, name, reveal.value)
  }

  async function showColumn(column: GridColumnName, at: DOMRect): Promise<void> {
    popup.value = { kind: 'column', column, at }
    if (column !== 'tags' || filter.value === null) return
    const inUse = await api.call('annotations.tags', { accountId: filter.value.accountId }).catch(() => [])
    tags.value = inUse.map(({ tag }) => tag)
  }

  function run(command: GridCommand, { row, column, index }: Extract<Popup, { kind: 'menu' }>): void {
    if (command === 'copyCell') void copyCell(row, column)
    else if (command === 'copyRows') void copy('rows', row, column)
    else if (command === 'open') open(row.id, index)
    else if (command === 'selectAll') view.selection = everythingSelected
    else if (command === 'selectNone') view.selection = nothingSelected
    else if (command === 'export') exportRow(row)
    else view.$patch(valueOf(row, column) ?? {})
  }

  async function copyCell(row: OrderRow, column: string): Promise<void> {
    const order = about(row)
    if (order !== null && filter.value !== null) await copying.cell({ ...order, filter: filter.value }, row, column)
  }

  /** A row that is not selected is what is meant: it becomes the selection. */
  function exportRow(row: OrderRow): void {
    if (!isSelected(view.selection, row.id)) view.selection = { kind: 'some', ids: new Set([row.id]) }
    pages.exportAsked = true
  }

  return {
    popup,
    tags,
    copy,
    run,
    showColumn,
    close: () => {
      popup.value = null
    },
    showMenu(row: OrderRow, column: string, index: number, at: DOMRect) {
      popup.value = { kind: 'menu', row, column, index, at }
    },
    show(kind: 'chooser' | 'columns', at: DOMRect) {
      popup.value = { kind, at }
    },
    /** What filtering by a cell's value would say; null: it cannot be filtered by. */
    valueText(row: OrderRow, column: string): string | null {
      if (valueOf(row, column) === null) return null
      const cell = orderColumns.some((name) => name === column) ? row[column as keyof OrderRow] : null
      if (column === 'stage') return t(`columns.stages.${row.stage}`)
      if (column === 'type') return t(`columns.types.${row.type}`)
      if (column === 'flag') return row.flag === null ? '' : t(`columns.flags.${row.flag}`)
      return Array.isArray(cell) ? cell.join(' · ') : String(cell ?? '')
    },
    countFor: (row: OrderRow) => (isSelected(view.selection, row.id) ? (scope.value?.selected?.count ?? null) : 1),
    selectNothing() {
      if (!isEmpty(view.selection)) view.selection = nothingSelected
    },
    tellTooMany() {
      ElMessage({ type: 'warning', message: t('grid.tooMany'), duration: 6_000, placement: 'bottom', offset: 56 })
    },
  }
}
