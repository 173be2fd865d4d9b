import type { OrderSort, TodoRuleName } from '#shared/contract/orders.ts'
import { withShown, type ColumnPlace, type ColumnPlaces } from '../columns/column-places.ts'
import type { GridColumnName } from '../grid-columns.ts'

interface Lead {
  /** What the view is about: it stands right behind the stage. */
  columns: readonly GridColumnName[]
  sort: OrderSort
}

const newest: OrderSort = { column: 'createdAt', descending: true }
const changedLast: OrderSort = { column: 'changedAt', descending: true }

/** What a merchant needs to see in each built-in view, and in which order it is worked through. */
export const leads: Readonly<Record<TodoRuleName, Lead>> = {
  newToday: { columns: [], sort: newest },
  changedSinceLook: { columns: ['changedAt', 'status'], sort: changedLast },
  needsMerchant: { columns: ['status', 'reason', 'remark'], sort: newest },
  failed: { columns: ['reason', 'status'], sort: newest },
  cameBack: { columns: ['changedAt', 'status'], sort: changedLast },
  shippedNotActivated: {
    columns: ['shippedAt', 'courier', 'trackingNo'],
    sort: { column: 'shippedAt', descending: false },
  },
  activatedNotRecharged: { columns: ['activatedAt'], sort: { column: 'activatedAt', descending: false } },
  rechargeBelow: {
    columns: ['rechargeAmount', 'rechargedAt'],
    sort: { column: 'rechargeAmount', descending: false },
  },
  activatedThenGone: { columns: ['status', 'reason', 'activatedAt'], sort: changedLast },
  settlementFailed: {
    columns: ['reason', 'settlement', 'commission'],
    sort: { column: 'changedAt', descending: false },
  },
  quiet: { columns: ['changedAt', 'status'], sort: { column: 'changedAt', descending: false } },
}

/** The installation's own columns with those of a built-in view brought to the front. */
export function ledBy(own: ColumnPlaces, columns: readonly GridColumnName[]): ColumnPlace[] {
  const shown = columns.reduce((places, name) => withShown(places, name, true), [...own])
  const brought = columns.flatMap((name) => shown.filter((place) => place.name === name))
  const rest = own.filter(({ name }) => !columns.includes(name))
  const stage = rest.findIndex(({ name }) => name === 'stage')
  return rest.toSpliced(stage + 1, 0, ...brought)
}

/** What was changed by hand in such a view, with the columns that the view had brought back where they belong. */
export function withoutLead(
  places: ColumnPlaces,
  own: ColumnPlaces,
  columns: readonly GridColumnName[],
): ColumnPlace[] {
  const kept = places.filter(({ name }) => !columns.includes(name))
  for (const [index, place] of own.entries()) if (columns.includes(place.name)) kept.splice(index, 0, place)
  return kept
}
