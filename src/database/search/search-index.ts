import type { Session } from '../session.ts'
import { createSlicer, untilNextTurn } from '../steps.ts'
import { documentSql } from './find-text.ts'

/** Orders written to the index in one transaction at most, and in one piece of it, after which a waiting write goes first. */
const batchOrders = 2_000
const stepOrders = 50
/** Pages that are merged in one piece. */
const mergePages = 8

/**
 * Keeps the search index up with the orders, in the background: what is written to orders only notes which of them
 * wait. Nothing is lost when it ends early, and search looks at those that wait one by one meanwhile.
 */
export class SearchIndex {
  readonly #session: Session
  #isRunning = false
  #again = false

  constructor(session: Session) {
    this.#session = session
  }

  /** How many orders it does not hold as they are. */
  get waiting(): number {
    return this.#session.orders.get<{ count: number }>('SELECT count(*) AS count FROM search_waiting')?.count ?? 0
  }

  /** There may be something to do. Returns at once. */
  wake(): void {
    this.#again = true
    if (!this.#isRunning) void this.#run()
  }

  async #run(): Promise<void> {
    const { orders, log } = this.#session
    this.#isRunning = true
    try {
      await orders.writeInBackground(() => settle(this.#session))
      while (this.#again && orders.isOpen) {
        this.#again = false
        while (orders.isOpen && (await orders.writeInBackground(() => indexBatchTx(this.#session))) > 0)
          await this.#merge()
      }
    } catch (thrown) {
      // Tried again with the next change, and at the next start.
      if (orders.isOpen) log(`search index: ${String(thrown)}`)
    } finally {
      this.#isRunning = false
    }
  }

  /** What was written is put together piece by piece; left to itself, the index would do it all at once. */
  async #merge(): Promise<void> {
    const { orders } = this.#session
    for (let more = true; more && orders.isOpen;) {
      await untilNextTurn()
      more = await orders.writeInBackground(() => {
        const before = changesOf(this.#session)
        orders.run(`INSERT INTO order_search (order_search, rank) VALUES ('merge', ${mergePages})`)
        return changesOf(this.#session) - before >= 2
      })
    }
  }
}

/** Merging is done in small pieces by `#merge`, never as part of a write. */
function settle({ orders }: Session): void {
  const set = orders.get(`SELECT 1 FROM order_search_config WHERE k = 'automerge' AND v = 0`)
  if (set !== undefined) return
  // Written out: a bound number is no integer to the index.
  for (const [option, value] of Object.entries({ automerge: 0, crisismerge: 1_000 }))
    orders.run(`INSERT INTO order_search (order_search, rank) VALUES ('${option}', ${value})`)
}

/** Returns how many orders were written: at least one piece, if any wait. */
async function indexBatchTx({ orders }: Session): Promise<number> {
  const pause = createSlicer()
  const waiting = orders.column<number>(`SELECT order_id FROM search_waiting ORDER BY order_id LIMIT ${batchOrders}`)
  for (let start = 0; start < waiting.length; start += stepOrders) {
    const ids = JSON.stringify(waiting.slice(start, start + stepOrders))
    const these = '(SELECT value FROM json_each(?))'
    const known = orders.column<number>(`SELECT id FROM order_search_docsize WHERE id IN ${these}`, [ids])
    for (const id of known) orders.run('DELETE FROM order_search WHERE rowid = ?', [id])
    orders.run(
      `INSERT INTO order_search (rowid, document) SELECT id, ${documentSql} FROM orders WHERE id IN ${these}`,
      [ids],
    )
    orders.run(`DELETE FROM search_waiting WHERE order_id IN ${these}`, [ids])
    await pause()
    if (orders.isWanted) return Math.min(waiting.length, start + stepOrders)
  }
  return waiting.length
}

function changesOf({ orders }: Session): number {
  return orders.get<{ changes: number }>('SELECT total_changes() AS changes')?.changes ?? 0
}
