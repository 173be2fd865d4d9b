import type { IHeaderComp, IHeaderParams } from 'ag-grid-community'
import type { OrderSort } from '#shared/contract/orders.ts'
import type { GridColumnName } from '../grid-columns.ts'

/** What a column's heading shows and does; functions, because language, sort and filters change under a living grid. */
export interface HeaderParts {
  /** Headings on screen: what changes for all of them is painted through here. */
  readonly shown: Set<{ paint(): void }>
  label(column: string): string
  sort(): OrderSort
  filtered(column: GridColumnName): boolean
  filterLabel(column: string): string
  sortable(column: GridColumnName): boolean
  onSort(column: GridColumnName): void
  /** The column's menu (sort, filter, pin, hide) is asked for at this element. */
  onMenu(column: GridColumnName, at: HTMLElement): void
}

/**
 * A column's heading: a press on its name sorts, the button beside it opens the column's menu. The grid's own sorting
 * is not used: it would empty the grid before the sorted rows have come.
 */
export class HeaderCell implements IHeaderComp {
  readonly #root = document.createElement('div')
  readonly #name = document.createElement('span')
  readonly #arrow = document.createElement('span')
  readonly #menu = document.createElement('button')
  #parts: HeaderParts | undefined
  #column: GridColumnName = 'orderNo'
  #header: HTMLElement | undefined

  init(params: IHeaderParams & HeaderParts): void {
    this.#parts = params
    this.#column = params.column.getColId() as GridColumnName
    this.#header = params.eGridHeader
    this.#root.className = 'heading'
    this.#name.className = 'heading-name'
    this.#arrow.className = 'heading-sort'
    this.#arrow.ariaHidden = 'true'
    this.#menu.className = 'heading-menu'
    this.#menu.type = 'button'
    // Alt+↓ opens it from the heading, which has the focus as a whole.
    this.#menu.tabIndex = -1
    this.#root.append(this.#name, this.#arrow, this.#menu)
    this.#root.addEventListener('click', (event) => {
      if (event.target === this.#menu) params.onMenu(this.#column, this.#menu)
      else if (params.sortable(this.#column)) params.onSort(this.#column)
    })
    params.shown.add(this)
    this.paint()
    // The grid takes aria-sort away once more when it has set the heading up.
    queueMicrotask(() => this.paint())
  }

  getGui(): HTMLElement {
    return this.#root
  }

  refresh(): boolean {
    this.paint()
    return true
  }

  destroy(): void {
    this.#parts?.shown.delete(this)
  }

  paint(): void {
    const parts = this.#parts
    if (parts === undefined) return
    const sort = parts.sort()
    const order = sort.column === this.#column ? (sort.descending ? 'descending' : 'ascending') : 'none'
    this.#name.textContent = parts.label(this.#column)
    this.#root.title = parts.label(this.#column)
    this.#arrow.textContent = order === 'none' ? '' : order === 'descending' ? '↓' : '↑'
    this.#root.classList.toggle('filtered', parts.filtered(this.#column))
    this.#menu.ariaLabel = parts.filterLabel(this.#column)
    this.#menu.title = parts.filterLabel(this.#column)
    if (parts.sortable(this.#column)) this.#header?.setAttribute('aria-sort', order)
    this.#header?.setAttribute('aria-haspopup', 'dialog')
  }
}
