import { z } from 'zod'
import { personalFields, stages } from '#domain/vocabulary.ts'
import { beijingTimeSchema, limits, orderTypeSchema, stageSchema } from '#shared/contract/common.ts'
import {
  conditionSchema,
  figureSchema,
  filterLimits,
  orderSortSchema,
  todoRuleSchema,
  type OrderSort,
} from '#shared/contract/orders.ts'
import type { SavedView, ViewContent, ViewFilter } from '#shared/contract/views.ts'
import type { RangeChoice } from '../../../range/range-presets.ts'
import { readPlaces, type ColumnPlaces } from '../columns/column-places.ts'
import { everyOrder, filterAt, type ShownFilter } from '../filters/shown-filter.ts'

/** All that a view is: filter, sort and columns. */
export interface ViewShape {
  readonly shown: ShownFilter
  readonly sort: OrderSort
  readonly places: ColumnPlaces
}

const rangeSchema = z.union([
  z.strictObject({ preset: z.enum(['all', 'today', 'days7', 'days30', 'month']) }),
  z.strictObject({ preset: z.literal('custom'), from: beijingTimeSchema.nullable(), to: beijingTimeSchema.nullable() }),
])
const words = z.array(z.string().min(1).max(filterLimits.tag)).max(filterLimits.tags)
const shownSchema = z.strictObject({
  type: orderTypeSchema.nullable(),
  stages: z.array(stageSchema).max(stages.length),
  range: rangeSchema,
  search: z.string().max(limits.word),
  status: z.string().max(limits.word).nullable(),
  conditions: z.array(conditionSchema).max(filterLimits.conditions),
  tags: words,
  flags: words,
  todo: todoRuleSchema.nullable(),
  figure: figureSchema.nullable(),
})

/** A shape that this or another version stored; what cannot be read is as it is by default, part by part. */
export function readShape(stored: unknown): ViewShape | null {
  if (typeof stored !== 'object' || stored === null) return null
  const { shown, sort, places } = stored as Record<string, unknown>
  const filter = shownSchema.safeParse(shown)
  const order = orderSortSchema.safeParse(sort)
  return {
    shown: filter.success ? filter.data : everyOrder('own'),
    sort: order.success ? order.data : { column: 'createdAt', descending: true },
    places: readPlaces(places),
  }
}

/**
 * A filter as it may lie in the settings file, which is not encrypted: without anything that could be a customer's
 * name, phone or number.
 */
export function withoutPersonal(shown: ShownFilter): ShownFilter {
  const personal: ReadonlySet<string> = new Set(personalFields)
  return { ...shown, search: '', conditions: shown.conditions.filter(({ column }) => !personal.has(column)) }
}

/** As the database keeps it: the filter with its times as they are now, and beside it the words they came from. */
export function contentOf(name: string, { shown, sort, places }: ViewShape, now: Moment): ViewContent {
  const { accountId: _account, only: _only, ...filter } = filterAt(shown, '-', now.ms, now.today)
  const columns = { places: places.map((place) => ({ ...place })), range: shown.range }
  // Plain through and through: what crosses to main cannot be a reactive proxy.
  return JSON.parse(JSON.stringify({ name, filter, sort, columns })) as ViewContent
}

/** The moment that "today" and "days ago" are counted from. */
export interface Moment {
  /** Epoch ms. */
  ms: number
  /** Beijing day. */
  today: string
}

/** A stored view whose times were written on another day, as they are now; null: it says the same still. */
export function movedOn(stored: SavedView, now: Moment): { id: number; content: ViewContent } | null {
  const shape = shapeOf(stored, [])
  const content = { ...contentOf(stored.name, shape, now), columns: stored.columns }
  const same = JSON.stringify(sortedKeys(content.filter)) === JSON.stringify(sortedKeys(stored.filter))
  return same ? null : { id: stored.id, content }
}

/** `own`: the columns of this installation, where a view has none of its own. */
export function shapeOf(view: Pick<SavedView, 'filter' | 'sort' | 'columns'>, own: ColumnPlaces): ViewShape {
  const columns = typeof view.columns === 'object' && !Array.isArray(view.columns) ? view.columns : null
  const range = rangeSchema.safeParse(columns?.['range'])
  return {
    shown: shownOf(view.filter, range.success ? range.data : null),
    sort: view.sort,
    places: columns?.['places'] === undefined ? own : readPlaces(columns['places']),
  }
}

/** A filter as the page shows it; `range`: the words its times came from, where they are known. */
export function shownOf(filter: ViewFilter, range: RangeChoice | null): ShownFilter {
  const { from, to, todo, ...rest } = filter
  const ends: RangeChoice = from === null && to === null ? { preset: 'all' } : { preset: 'custom', from, to }
  return { ...rest, range: range ?? ends, todo: todo?.view ?? null }
}

export function sameShape(one: ViewShape, other: ViewShape): boolean {
  return stable(one) === stable(other)
}

function stable({ shown, sort, places }: ViewShape): string {
  return JSON.stringify([sortedKeys(shown), sortedKeys(sort), places.map((place) => sortedKeys(place))])
}

/** JSON of the same value is the same text, whatever order its keys were written in. */
export function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortedKeys(inner)]))
}
