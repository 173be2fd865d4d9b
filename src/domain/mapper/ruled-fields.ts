import type { Assigned, Assignment, Field } from './assign.ts'
import { assign } from './assign.ts'
import type { Column } from './column.ts'
import { looksOf } from './looks.ts'
import type { MappingRules } from './rules.ts'

/** The columns that the merchant decided about, with the fields that feed them; no field: nothing does. */
export type RuledFields = ReadonlyMap<Column, readonly Field[]>

export function ruledFields(rules: MappingRules, fields: readonly Field[]): RuledFields {
  const byKey = new Map(fields.map((field) => [field.key, field]))
  const entries = Object.entries(rules.fields) as [Column, readonly string[] | undefined][]
  return new Map(
    entries.flatMap(([column, paths]): [Column, Field[]][] =>
      paths === undefined ? [] : [[column, paths.map((key) => byKey.get(key) ?? unseenField(key))]],
    ),
  )
}

/** A path that no element of this reply has: it feeds its column all the same, with nothing. */
function unseenField(key: string): Field {
  const path = key.split('.')
  return { path, key, stats: { path, filled: 0, samples: [] }, looks: looksOf([]), claims: [] }
}

/**
 * Gives the paths to columns as always, but for those the merchant decided about. What a decided column would have been
 * fed with by itself feeds nothing then: the merchant has said that it is not that, and a second guess at it would only
 * be wrong somewhere else.
 */
export function assignRuled(fields: readonly Field[], taken: ReadonlySet<string>, ruled: RuledFields): Assignment {
  if (ruled.size === 0) return assign(fields, taken)
  const byItself = assign(fields, taken)
  const keys = new Set(taken)
  for (const [column, chosen] of ruled) {
    for (const { field } of byItself.get(column) ?? []) keys.add(field.key)
    for (const field of chosen) keys.add(field.key)
  }
  const assignment = assign(fields, keys, new Set(ruled.keys()))
  for (const [column, chosen] of ruled) {
    if (column !== 'orderNo' && chosen.length > 0) assignment.set(column, chosen.map(byRule))
  }
  return assignment
}

export function byRule(field: Field): Assigned {
  return { field, confidence: 1 }
}
