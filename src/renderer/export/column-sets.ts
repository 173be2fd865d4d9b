import { defaultExportColumns, type OrderColumn } from '#domain/vocabulary.ts'
import { mostColumnSets, type ColumnSet } from '#shared/contract/exports.ts'

/** What the choice of columns amounts to: the standard, a saved set, or the merchant's own. */
export type ChosenSet = { kind: 'standard' } | { kind: 'saved'; name: string } | { kind: 'own' }

export function chosenSet(columns: readonly OrderColumn[], sets: readonly ColumnSet[]): ChosenSet {
  if (isSame(columns, defaultExportColumns)) return { kind: 'standard' }
  const saved = sets.find((set) => isSame(columns, set.columns))
  return saved === undefined ? { kind: 'own' } : { kind: 'saved', name: saved.name }
}

/** Saved last comes last; a name that is there already gets these columns. null: there are as many as can be. */
export function withSet(sets: readonly ColumnSet[], name: string, columns: readonly OrderColumn[]): ColumnSet[] | null {
  const set = { name: name.trim(), columns: [...columns] }
  const at = sets.findIndex((other) => other.name === set.name)
  if (at >= 0) return sets.with(at, set)
  return sets.length >= mostColumnSets ? null : [...sets, set]
}

export function withoutSet(sets: readonly ColumnSet[], name: string): ColumnSet[] {
  return sets.filter((set) => set.name !== name)
}

function isSame(columns: readonly OrderColumn[], others: readonly OrderColumn[]): boolean {
  return columns.length === others.length && columns.every((column, at) => column === others[at])
}
