import { funnelSteps } from '#domain/vocabulary.ts'
import { rangeBefore, unitOf, type Days } from '#domain/day-ranges.ts'
import type { Groups, Statistics, StatisticsQuery, StepTime } from '#shared/contract/statistics.ts'
import { findAccount, type Session } from '../session.ts'
import { untilNextTurn } from '../steps.ts'
import { bucketsOf, closedDays, monthsOf, readDays, totalsOf } from './days.ts'
import { readGroups, type Facet } from './facets.ts'
import type { Recounter } from './recounter.ts'
import { readTimes } from './times.ts'

/** Days that are due are waited for this long; then what is known is shown, and told to be under way. */
const waitMs = 150
const answersKept = 8

/** Answers what the statistics page asks, from the figures that the recounter keeps. */
export class StatisticsReader {
  readonly #session: Session
  readonly #recounter: Recounter
  readonly #answers = new Map<string, Statistics>()

  constructor(session: Session, recounter: Recounter) {
    this.#session = session
    this.#recounter = recounter
  }

  async read(query: StatisticsQuery): Promise<Statistics> {
    const { orders } = this.#session
    const account = findAccount(orders, query.accountId)
    if (this.#recounter.pending(account) > 0) await this.#recounter.within(waitMs)
    const pendingDays = this.#recounter.pending(account)
    if (account === null) return nothing(pendingDays)
    const key = this.#key(query)
    const kept = this.#answers.get(key)
    if (kept !== undefined && pendingDays === 0) return kept
    const answer = await this.#answer(account, query, pendingDays)
    // What was written while it was being put together may be in one part of it and not in another.
    if (pendingDays === 0 && key === this.#key(query)) this.#keep(key, answer)
    return answer
  }

  #key(query: StatisticsQuery): string {
    return JSON.stringify([this.#session.revision, this.#recounter.rounds, query])
  }

  /** In parts, so that what others ask has its turn in between. */
  async #answer(account: number, query: StatisticsQuery, pendingDays: number): Promise<Statistics> {
    const { orders } = this.#session
    const range = closedDays(orders, account, query)
    if (range === null) return nothing(pendingDays)
    const rows = readDays(orders, account, range, query)
    const totals = totalsOf(rows)
    const groups = async (facet: Facet): Promise<Groups> => {
      await untilNextTurn()
      return readGroups(orders, account, facet, range, query)
    }
    return {
      range,
      totals,
      before: query.from === null ? null : this.#before(account, rangeBefore(range), query),
      unit: unitOf(range),
      buckets: bucketsOf(range, rows),
      times: await readTimes(orders, account, range, query, totals.steps.placed),
      products: await groups('product'),
      agents: await groups('agent'),
      failures: await groups('failure'),
      unsettled: await groups('unsettled'),
      months: monthsOf(range, rows),
      pendingDays,
    }
  }

  #before(account: number, range: Days, query: StatisticsQuery): Statistics['before'] {
    return { range, totals: totalsOf(readDays(this.#session.orders, account, range, query)) }
  }

  #keep(key: string, answer: Statistics): void {
    this.#answers.set(key, answer)
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= answersKept) break
      this.#answers.delete(oldest)
    }
  }
}

function nothing(pendingDays: number): Statistics {
  const none: Groups = { items: [], others: { groups: 0, orders: 0 } }
  const times = funnelSteps.slice(1).map((to, index): StepTime => ({
    from: funnelSteps[index] ?? 'placed',
    to,
    medianMs: null,
    orders: 0,
    sampled: false,
  }))
  return {
    range: null,
    totals: totalsOf([]),
    before: null,
    unit: 'day',
    buckets: [],
    times,
    products: none,
    agents: none,
    failures: none,
    unsettled: none,
    months: [],
    pendingDays,
  }
}
