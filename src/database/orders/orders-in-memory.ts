import type { Session } from '../session.ts'
import { AccountOrders } from './account-orders.ts'
import type { Pause } from './sorted-ids.ts'
import { TouchedOrders } from './touched-orders.ts'

/** What is kept in memory of orders, by account, up to the last transaction that was committed. */
export class OrdersInMemory {
  readonly #session: Session
  readonly #touched: TouchedOrders
  readonly #accounts = new Map<number, Promise<AccountOrders>>()
  readonly #ready = new Map<number, AccountOrders>()
  #following: Promise<void> = Promise.resolve()
  #undone: number

  constructor(session: Session) {
    this.#session = session
    this.#touched = new TouchedOrders(session.orders)
    this.#undone = session.orders.undone
  }

  /** Where it is there already and nothing was written since. */
  now(account: number): AccountOrders | undefined {
    const isStill = this.#session.orders.undone === this.#undone && this.#touched.isStill
    return isStill ? this.#ready.get(account) : undefined
  }

  async of(account: number, pause: Pause): Promise<AccountOrders> {
    this.#following = this.#following.catch(() => undefined).then(() => this.#follow(pause))
    await this.#following
    const kept = this.#accounts.get(account)
    if (kept !== undefined) return kept
    const reading = AccountOrders.read(this.#session.orders, account, pause)
    this.#accounts.set(account, reading)
    reading.then(
      (read) => this.#accounts.get(account) === reading && this.#ready.set(account, read),
      () => this.#accounts.delete(account),
    )
    return reading
  }

  async #follow(pause: Pause): Promise<void> {
    const { orders } = this.#session
    if (orders.undone !== this.#undone) {
      this.#undone = orders.undone
      this.#accounts.clear()
      this.#ready.clear()
    }
    if (orders.inTransaction) return
    const touched = this.#touched.take()
    if (touched.length === 0) return
    for (const account of this.#accounts.values())
      await (await account).follow(touched, () => this.#touched.isStill, pause)
  }
}
