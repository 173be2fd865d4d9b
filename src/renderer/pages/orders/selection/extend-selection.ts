import { namedAtMost, someSelected, toggled, withSelected, type RowSelection } from './row-selection.ts'

/** Where the ids of rows come from. */
export interface RowIds {
  /** The id of a row that is loaded; undefined: it is not. */
  at(index: number): number | undefined
  /** The ids of rows [start, start + count), from the database. */
  read(start: number, count: number): Promise<number[]>
}

/** How many rows one read brings. */
const readCount = 500

/**
 * The rows from one index to another, both included, whichever is first. Rows that are not loaded are read; null: more
 * than a selection can name.
 */
export async function idsBetween(rows: RowIds, one: number, other: number): Promise<number[] | null> {
  const start = Math.min(one, other)
  const count = Math.abs(one - other) + 1
  if (count > namedAtMost) return null
  const loaded = Array.from({ length: count <= readCount ? count : 0 }, (_, step) => rows.at(start + step))
  if (loaded.length > 0 && loaded.every((id) => id !== undefined)) return loaded
  const ids: number[] = []
  for (let at = 0; at < count; at += readCount) {
    ids.push(...(await rows.read(start + at, Math.min(readCount, count - at))))
  }
  return ids
}

export interface SelectionChanges {
  /** Ctrl and a click, or Space: this row in or out; the next range begins here. */
  toggle(index: number, id: number): void
  /** Shift and a click or an arrow: everything from where the range began to here, and nothing else. */
  extendTo(index: number, from: number): Promise<void>
  /** The focus went there by itself: the next range begins there; left out: wherever it is then. */
  restart(index?: number): void
}

/**
 * Selecting as in a spreadsheet: a range has a beginning, and each step replaces it as a whole. `tooMany` is told where
 * a selection would name more orders than a filter takes.
 */
export function selectionChanges(
  rows: RowIds,
  get: () => RowSelection,
  set: (selection: RowSelection) => void,
  tooMany: () => void,
): SelectionChanges {
  let beginning: number | null = null
  let newest = 0

  function put(selection: RowSelection | null): void {
    if (selection === null) tooMany()
    else set(selection)
  }

  return {
    toggle(index, id) {
      newest += 1
      beginning = index
      put(toggled(get(), id))
    },
    async extendTo(index, from) {
      const mine = ++newest
      beginning ??= from
      const ids = await idsBetween(rows, beginning, index)
      // A later step has overtaken the reading of this one.
      if (mine !== newest) return
      if (ids === null) tooMany()
      // With all selected, a range that is drawn keeps them so: nothing falls out of a selection unasked.
      else if (get().kind === 'allBut') put(withSelected(get(), ids, true))
      else set(someSelected(ids))
    },
    restart(index) {
      beginning = index ?? null
    },
  }
}
