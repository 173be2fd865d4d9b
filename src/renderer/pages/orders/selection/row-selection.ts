import { filterLimits, type Selection } from '#shared/contract/orders.ts'

/** Which orders are selected: some by id, or all that match but for some. "All" is a filter, never a list of ids. */
export type RowSelection =
  | { readonly kind: 'some'; readonly ids: ReadonlySet<number> }
  | { readonly kind: 'allBut'; readonly ids: ReadonlySet<number> }

/** The most ids that a selection can name: what a filter takes. */
export const namedAtMost = filterLimits.ids

export const nothingSelected: RowSelection = { kind: 'some', ids: new Set() }
export const everythingSelected: RowSelection = { kind: 'allBut', ids: new Set() }

export function isSelected(selection: RowSelection, id: number): boolean {
  return selection.ids.has(id) === (selection.kind === 'some')
}

export function someSelected(ids: Iterable<number>): RowSelection {
  return { kind: 'some', ids: new Set(ids) }
}

/** The same selection with these orders selected or not; null: it would name more orders than a filter takes. */
export function withSelected(selection: RowSelection, ids: Iterable<number>, selected: boolean): RowSelection | null {
  const named = new Set(selection.ids)
  const naming = selected === (selection.kind === 'some')
  for (const id of ids)
    if (naming) named.add(id)
    else named.delete(id)
  return named.size > namedAtMost ? null : { kind: selection.kind, ids: named }
}

export function toggled(selection: RowSelection, id: number): RowSelection | null {
  return withSelected(selection, [id], !isSelected(selection, id))
}

/** How many orders are selected of `total` that match; null: the total is not known yet. */
export function selectedCount(selection: RowSelection, total: number | null): number | null {
  if (selection.kind === 'some') return selection.ids.size
  return total === null ? null : Math.max(0, total - selection.ids.size)
}

export function isEmpty(selection: RowSelection): boolean {
  return selection.kind === 'some' && selection.ids.size === 0
}

/** As a filter takes it, to be set as its `only`. null where everything that matches is meant. */
export function asOnly(selection: RowSelection): Selection | null {
  if (selection.kind === 'some') return { ids: [...selection.ids] }
  return selection.ids.size === 0 ? null : { allBut: [...selection.ids] }
}
