import { annotationLimits, type TagInUse } from '#shared/contract/annotations.ts'
import { findAccount, type Session } from '../session.ts'
import { tagsOf } from './annotation-cells.ts'

/** Most used first. The same tags in the same order are counted at once, from the index alone. */
export function readTagsInUse({ orders }: Session, accountId: string): TagInUse[] {
  const groups = orders.all<{ tags: string; count: number }>(
    'SELECT tags, count(*) AS count FROM orders WHERE account = ? AND tags IS NOT NULL GROUP BY tags',
    [findAccount(orders, accountId)],
  )
  const counts = new Map<string, number>()
  for (const { tags, count } of groups) for (const tag of tagsOf(tags)) counts.set(tag, (counts.get(tag) ?? 0) + count)
  return [...counts]
    .map(([tag, used]) => ({ tag, orders: used }))
    .toSorted((one, other) => other.orders - one.orders || (one.tag < other.tag ? -1 : 1))
    .slice(0, annotationLimits.tagsListed)
}
