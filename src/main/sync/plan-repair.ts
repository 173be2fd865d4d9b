import type { Range } from '#shared/contract/common.ts'
import type { OpenRequest } from '#shared/database/contract.ts'
import { channels, orderTypes, type Channel, type OrderType } from '#domain/vocabulary.ts'
import { dayMs, fromBeijing } from '#domain/beijing-time.ts'
import { rangeOf } from '#domain/ranges.ts'
import type { RunPlan, Step } from './plan-sync.ts'

/** The default call looks back 7 days; one more for clocks and midnight. */
const incrementalReachMs = 8 * dayMs
/** Orders that are not final are looked for no further back. */
const unfinishedReachMs = 120 * dayMs

export interface RepairFacts {
  /** Creation time of the oldest order of that account and type that is not final, Beijing; null: none. */
  oldestUnfinished: string | null
  /** Epoch ms by the corrected clock. */
  now: number
}

/**
 * The range that surely returns what a request may have delivered. A range request: its own. An incremental one: from
 * 8 days before it, or from the creation day of the oldest unfinished order (at most 120 days back), whichever is
 * earlier, to one day after now. A request from ahead of now was opened by a clock that has since been set right.
 */
export function repairRange(request: OpenRequest, { oldestUnfinished, now }: RepairFacts): Range {
  if (request.range !== null) return request.range
  const byCall = Math.min(request.openedAt, now) - incrementalReachMs
  const byOrders =
    oldestUnfinished === null
      ? byCall
      : Math.max(fromBeijing(`${oldestUnfinished.slice(0, 10)} 00:00:00`), now - unfinishedReachMs)
  return rangeOf(Math.min(byCall, byOrders), Math.max(request.openedAt, now) + dayMs)
}

/** The run that repairs open requests of one order type and channel. */
export function planRepair(requests: readonly OpenRequest[], facts: RepairFacts): RunPlan {
  const steps = repairSteps(requests, facts)
  return { purpose: 'repair', range: hull(steps), steps }
}

/** Open requests by order type and channel: each group is repaired by a run of its own. */
export function groupOpen(
  open: readonly OpenRequest[],
): { type: OrderType; channel: Channel; requests: OpenRequest[] }[] {
  const groups = orderTypes.flatMap((type) =>
    channels.map((channel) => ({
      type,
      channel,
      requests: open.filter((request) => request.type === type && request.channel === channel),
    })),
  )
  return groups.filter(({ requests }) => requests.length > 0)
}

/** As few ranges as cover every request: ranges that touch or overlap are asked as one. Oldest first. */
export function repairSteps(requests: readonly OpenRequest[], facts: RepairFacts): (Step & { kind: 'range' })[] {
  const steps: (Step & { kind: 'range' })[] = []
  const ranged = requests.map((request) => ({ request, range: repairRange(request, facts) }))
  for (const { request, range } of ranged.toSorted((a, b) => compare(a.range.from, b.range.from))) {
    const last = steps.at(-1)
    if (last === undefined || range.from > last.range.to) {
      steps.push({ kind: 'range', range, repairs: [request] })
      continue
    }
    const to = range.to > last.range.to ? range.to : last.range.to
    steps[steps.length - 1] = {
      kind: 'range',
      range: { from: last.range.from, to },
      repairs: [...last.repairs, request],
    }
  }
  return steps
}

/** Beijing texts of one form compare as their times do. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

function hull(steps: readonly (Step & { kind: 'range' })[]): Range | null {
  const first = steps[0]
  const last = steps.at(-1)
  return first === undefined || last === undefined ? null : { from: first.range.from, to: last.range.to }
}
