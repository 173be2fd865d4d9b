import type { OrderType, Stage } from '#domain/vocabulary.ts'
import type { Condition, Figure, OrderFilter, TodoRule } from '#shared/contract/orders.ts'
import { rangeOf, type RangeChoice } from '../../../range/range-presets.ts'
import type { GridColumnName } from '../grid-columns.ts'

/** What the orders page shows of an account: a filter whose times are still words ("today", "days ago"). */
export interface ShownFilter {
  /** null: both tabs' orders. */
  type: OrderType | null
  stages: Stage[]
  range: RangeChoice
  search: string
  status: string | null
  conditions: Condition[]
  tags: string[]
  flags: string[]
  todo: TodoRule | null
  /** What a figure of the statistics counted. */
  figure: Figure | null
}

export function everyOrder(type: OrderType | null): ShownFilter {
  return {
    type,
    stages: [],
    range: { preset: 'all' },
    search: '',
    status: null,
    conditions: [],
    tags: [],
    flags: [],
    todo: null,
    figure: null,
  }
}

/** The filter that this means at a moment of the corrected clock, for an account. */
export function filterAt(shown: ShownFilter, accountId: string, nowMs: number, today: string): OrderFilter {
  const { range: choice, search, todo, ...rest } = shown
  const range = rangeOf(choice, nowMs)
  return {
    accountId,
    ...rest,
    from: range?.from ?? null,
    to: range?.to ?? null,
    search: search.trim(),
    todo: todo === null ? null : { view: todo, today },
    only: null,
  }
}

/** One thing that keeps orders from being shown, beside the tab. */
export type Restriction =
  | { kind: 'todo'; rule: TodoRule }
  | { kind: 'stages'; stages: readonly Stage[] }
  | { kind: 'range'; range: RangeChoice }
  | { kind: 'search'; text: string }
  | { kind: 'status'; word: string }
  | { kind: 'condition'; condition: Condition }
  | { kind: 'tags'; tags: readonly string[] }
  | { kind: 'flags'; flags: readonly string[] }
  | { kind: 'figure'; figure: Figure }

/** Everything that restricts, in the order in which the page names it. */
export function restrictionsOf(shown: ShownFilter): Restriction[] {
  const { todo, stages, range, search, status, conditions, tags, flags, figure } = shown
  return [
    ...(todo === null ? [] : [{ kind: 'todo', rule: todo } as const]),
    ...(figure === null ? [] : [{ kind: 'figure', figure } as const]),
    ...(stages.length === 0 ? [] : [{ kind: 'stages', stages } as const]),
    ...(range.preset === 'all' ? [] : [{ kind: 'range', range } as const]),
    ...(search.trim() === '' ? [] : [{ kind: 'search', text: search.trim() } as const]),
    ...(status === null ? [] : [{ kind: 'status', word: status } as const]),
    ...conditions.map((condition) => ({ kind: 'condition', condition }) as const),
    ...(tags.length === 0 ? [] : [{ kind: 'tags', tags } as const]),
    ...(flags.length === 0 ? [] : [{ kind: 'flags', flags } as const]),
  ]
}

/** What is shown once a restriction is taken away. */
export function without(shown: ShownFilter, restriction: Restriction): Partial<ShownFilter> {
  switch (restriction.kind) {
    case 'todo':
      return { todo: null }
    case 'stages':
      return { stages: [] }
    case 'range':
      return { range: { preset: 'all' } }
    case 'search':
      return { search: '' }
    case 'status':
      return { status: null }
    case 'condition':
      return { conditions: shown.conditions.filter(({ column }) => column !== restriction.condition.column) }
    case 'tags':
      return { tags: [] }
    case 'flags':
      return { flags: [] }
    case 'figure':
      return { figure: null }
  }
}

/** Columns whose heading says that they are filtered by. */
export function filteredColumns(shown: ShownFilter): ReadonlySet<GridColumnName> {
  const columns = new Set<GridColumnName>(shown.conditions.map(({ column }) => column))
  if (shown.stages.length > 0) columns.add('stage')
  if (shown.tags.length > 0) columns.add('tags')
  if (shown.flags.length > 0) columns.add('flag')
  return columns
}
