import type { Range } from '#shared/contract/common.ts'
import type { DatabaseRoutes } from '#shared/database/contract.ts'
import type { OutputOf } from '#shared/rpc/route.ts'
import { dayMs, fromBeijing } from '#domain/beijing-time.ts'
import { rangeOf } from '#domain/ranges.ts'

export type Wanted = OutputOf<DatabaseRoutes['wanted.list']>[number]

/**
 * How long before it was first heard of an order may have been made, where nobody says: the default call's reach, then
 * a month, then as far as orders are followed. After that no range is read for it any more; a sync still may bring it.
 */
const reachDays = [7, 31, 120] as const

/**
 * The one range that brings every order that only a status callback or a push has told of, up to a day from now; null:
 * nothing is wanted, or everything was looked for often enough.
 */
export function wantedRange(wanted: readonly Wanted[], now: number): Range | null {
  const starts = wanted.flatMap(({ reads, from, created }) => {
    const reach = reachDays[reads]
    if (reach === undefined) return []
    return [created ? fromBeijing(`${from.slice(0, 10)} 00:00:00`) : fromBeijing(from) - reach * dayMs]
  })
  return starts.length === 0 ? null : rangeOf(Math.min(...starts, now), now + dayMs)
}
