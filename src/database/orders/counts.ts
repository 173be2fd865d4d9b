import { stages, type Stage } from '#domain/vocabulary.ts'
import type { OrderCounts, OrderFilter } from '#shared/contract/orders.ts'
import { findAccount, typeOf, type Session } from '../session.ts'
import { acrossTabs, whereOf } from './filter.ts'

interface Group {
  type: number
  stage: Stage
  count: number
}

/** Tabs, stage chips and total from one pass over the filter. */
export function readCounts(session: Session, filter: OrderFilter): OrderCounts {
  const where = whereOf(acrossTabs(filter), findAccount(session.orders, filter.accountId))
  const groups = session.orders.all<Group>(
    `SELECT type, stage, count(*) AS count FROM orders WHERE ${where.sql} GROUP BY type, stage`,
    [...where.values],
  )
  const counts: OrderCounts = {
    own: 0,
    distributor: 0,
    stages: Object.fromEntries(stages.map((stage) => [stage, 0])) as Record<Stage, number>,
    total: 0,
  }
  for (const group of groups) {
    const type = typeOf(group.type)
    const inTab = filter.type === null || filter.type === type
    const inStages = filter.stages.length === 0 || filter.stages.includes(group.stage)
    if (inTab) counts.stages[group.stage] += group.count
    if (inStages) counts[type] += group.count
    if (inTab && inStages) counts.total += group.count
  }
  return counts
}
