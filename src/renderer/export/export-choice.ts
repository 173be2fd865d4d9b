import type { ExportOptions } from '#shared/contract/exports.ts'
import { allOrders, type OrderFilter, type OrderSort } from '#shared/contract/orders.ts'
import type { Settings } from '#shared/contract/settings.ts'

/** What the orders page shows and what of it is marked. */
export interface ShownOrders {
  readonly filter: OrderFilter
  readonly sort: OrderSort
  /** null until it is counted. */
  readonly total: number | null
  /** null: nothing is marked. `count` null: not known yet. */
  readonly selected: { readonly filter: OrderFilter; readonly count: number | null } | null
}

/** Which orders a file holds. */
export type ExportScope = 'selection' | 'filter' | 'all'

/** How the last file was written, as the settings remember it. */
export function rememberedOptions(settings: Settings): ExportOptions {
  return {
    columns: [...settings.exportColumns],
    masked: settings.exportMasked,
    format: settings.exportFormat,
    encoding: settings.exportEncoding,
    delimiter: settings.exportDelimiter,
    plain: settings.exportPlain,
    history: settings.exportHistory,
  }
}

export function toRemember(options: ExportOptions): Partial<Settings> {
  return {
    exportColumns: [...options.columns],
    exportMasked: options.masked,
    exportFormat: options.format,
    exportEncoding: options.encoding,
    exportDelimiter: options.delimiter,
    exportPlain: options.plain,
    exportHistory: options.history,
  }
}

/**
 * What is marked is meant; without marks, what is shown. The scope is not remembered: everything exported because it was
 * last month would be found out too late.
 */
export function firstScope(shown: ShownOrders): ExportScope {
  return shown.selected === null ? 'filter' : 'selection'
}

/** The orders of a scope; a selection that is gone meanwhile means what is shown. */
export function filterOf(shown: ShownOrders, chosen: ExportScope): OrderFilter {
  if (chosen === 'all') return allOrders(shown.filter.accountId)
  return chosen === 'selection' && shown.selected !== null ? shown.selected.filter : shown.filter
}

/** null: not known yet. */
export function countOf(shown: ShownOrders, chosen: ExportScope, all: number | null): number | null {
  if (chosen === 'all') return all
  return chosen === 'selection' && shown.selected !== null ? shown.selected.count : shown.total
}
