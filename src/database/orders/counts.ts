import { stages, type Stage } from '#domain/vocabulary.ts'
import type { OrderCounts, OrderFilter } from '#shared/contract/orders.ts'
import type { IdLists } from './id-lists.ts'
import { kinds } from './order-kinds.ts'

/** Tabs, stage chips and total from one look at what the filter shows of each kind. */
export async function readCounts(lists: IdLists, filter: OrderFilter, signal: AbortSignal): Promise<OrderCounts> {
  const byKind = await lists.countKinds(filter, signal)
  const counts: OrderCounts = {
    own: 0,
    distributor: 0,
    stages: Object.fromEntries(stages.map((stage) => [stage, 0])) as Record<Stage, number>,
    total: 0,
  }
  for (const { kind, type, stage } of kinds) {
    const count = byKind?.[kind] ?? 0
    const inTab = filter.type === null || filter.type === type
    const inStages = filter.stages.length === 0 || filter.stages.includes(stage)
    if (inTab) counts.stages[stage] += count
    if (inStages) counts[type] += count
    if (inTab && inStages) counts.total += count
  }
  return counts
}
