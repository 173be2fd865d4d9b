import { allOrders, type OrderFilter } from '#shared/contract/order-filter.ts'
import type { TodoRuleName } from '#shared/contract/todo-rules.ts'
import type { ViewCounts as Counts } from '#shared/contract/views.ts'
import type { IdLists } from '../orders/id-lists.ts'
import type { Session } from '../session.ts'
import { untilNextTurn } from '../steps.ts'
import { readRules } from './view-rules.ts'
import { readViews } from './views-table.ts'

/** So long a call waits for counts; what takes longer is counted on, and asked for again. */
const waitMs = 120
const kept = 400

interface Wanted {
  builtIn: [TodoRuleName, OrderFilter][]
  saved: [number, OrderFilter][]
}

/**
 * How many orders each view shows, kept by filter until orders change. Counting happens in the background, in pieces
 * between which other calls get through; until a count is there the one before is told, marked as not complete.
 */
export class ViewCounts {
  readonly #session: Session
  readonly #lists: IdLists
  readonly #counts = new Map<string, { revision: number; count: number }>()
  #counting: Promise<void> = Promise.resolve()

  constructor(session: Session, lists: IdLists) {
    this.#session = session
    this.#lists = lists
  }

  async of(accountId: string, today: string): Promise<Counts> {
    const wanted = this.#wanted(accountId, today)
    const filters = [...wanted.builtIn, ...wanted.saved].map(([, filter]) => filter)
    // One after another: what is asked twice is counted once.
    const counted = this.#counting.then(() => this.#count(filters))
    this.#counting = counted.catch(() => undefined)
    await Promise.race([counted, new Promise((resolve) => setTimeout(resolve, waitMs).unref())])
    return this.#told(wanted)
  }

  #wanted(accountId: string, today: string): Wanted {
    const every = allOrders(accountId)
    const builtIn = readRules(this.#session, accountId).map((view): [TodoRuleName, OrderFilter] => [
      view.rule,
      { ...every, todo: { view, today } },
    ])
    const saved = readViews(this.#session, accountId).map(({ id, filter }): [number, OrderFilter] => {
      const todo = filter.todo === null ? null : { ...filter.todo, today }
      return [id, { ...every, ...filter, todo }]
    })
    return { builtIn, saved }
  }

  async #count(filters: readonly OrderFilter[]): Promise<void> {
    for (const filter of filters) {
      const { revision } = this.#session
      const key = JSON.stringify(filter)
      if (this.#counts.get(key)?.revision === revision) continue
      const count = await this.#lists.count(filter)
      this.#counts.delete(key)
      this.#counts.set(key, { revision, count })
      for (const oldest of this.#counts.keys()) {
        if (this.#counts.size <= kept) break
        this.#counts.delete(oldest)
      }
      await untilNextTurn()
    }
  }

  #told({ builtIn, saved }: Wanted): Counts {
    const { revision } = this.#session
    let complete = true
    const countOf = (filter: OrderFilter): number | null => {
      const known = this.#counts.get(JSON.stringify(filter))
      if (known?.revision !== revision) complete = false
      return known?.count ?? null
    }
    const told = {
      builtIn: Object.fromEntries(builtIn.map(([rule, filter]) => [rule, countOf(filter)])) as Counts['builtIn'],
      saved: saved.map(([id, filter]) => ({ id, count: countOf(filter) })),
    }
    return { ...told, complete, revision }
  }
}
