import type { FunnelStep, Stage } from '#domain/vocabulary.ts'
import { allOrders, type OrderFilter } from '#shared/contract/order-filter.ts'
import type { DayRange, StatisticsQuery } from '#shared/contract/statistics.ts'

/** Which of the page's orders a figure counts. What is left out does not restrict. */
export interface FigureOf {
  /** By default the whole range. */
  days?: DayRange
  stages?: readonly Stage[]
  /** Came at least so far; with `stopped`, and no farther. */
  step?: FunnelStep
  stopped?: boolean
  /** '' where the upstream named none. */
  product?: string
  agent?: string
  /** Together with the stage `failed` or `settlementFailed`. */
  reason?: string
}

export const expectedStages = ['activated', 'recharged'] as const satisfies readonly Stage[]

/** The orders behind a figure: as many as the figure says. */
export function filterOf(query: StatisticsQuery, range: DayRange | null, of: FigureOf): OrderFilter {
  const { from = query.from, to = query.to } = of.days ?? range ?? {}
  const filter: OrderFilter = {
    ...allOrders(query.accountId),
    type: query.type,
    stages: [...(of.stages ?? [])],
    from: from === null ? null : `${from} 00:00:00`,
    to: to === null ? null : `${to} 23:59:59`,
  }
  if (of.product !== undefined) filter.conditions.push({ kind: 'words', column: 'productName', values: [of.product] })
  if (of.agent !== undefined) filter.conditions.push({ kind: 'words', column: 'agent', values: [of.agent] })
  // Every order was placed.
  if (of.step !== undefined && (of.step !== 'placed' || of.stopped === true))
    filter.figure = { of: 'step', step: of.step, stopped: of.stopped ?? false }
  if (of.reason !== undefined) filter.figure = { of: 'reason', reason: of.reason }
  return filter
}
