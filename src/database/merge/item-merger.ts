import type { ItemSink } from '#domain/mapper/list-mapper.ts'
import type { MappedOrder, UnreadableItem } from '#domain/mapper/types.ts'
import type { Connection } from '../connection.ts'
import { hasUnreadable, noteUnreadableTx, resolveUnreadableTx } from '../mapping/unreadable-items.ts'
import type { PartTaker } from '../pushes/callback-parts.ts'
import { OrderMerger } from './order-merger.ts'
import type { Pull } from './pull.ts'

/** So many unreadable items of one reply are listed one by one; of more, the raw reply tells, which is kept for ever. */
export const mostListed = 2_000

/** Merges what the elements of one reply come to, within its transaction. */
export class ItemMerger implements ItemSink {
  readonly #orders: Connection
  readonly #pull: Pull
  readonly #replyUid: string
  readonly #merger: OrderMerger
  readonly #resolves: boolean
  readonly #parts: PartTaker | null
  /** Elements that `parts` took. */
  parts = 0
  #listed = 0

  constructor(orders: Connection, pull: Pull, replyUid: string, parts: PartTaker | null) {
    this.#orders = orders
    this.#pull = pull
    this.#replyUid = replyUid
    this.#parts = parts
    this.#merger = new OrderMerger(orders, pull)
    this.#resolves = hasUnreadable(orders, pull)
  }

  get counts(): OrderMerger['counts'] {
    return this.#merger.counts
  }

  order(order: MappedOrder): void {
    this.#merger.mergeTx(order)
    if (this.#resolves) resolveUnreadableTx(this.#orders, this.#pull, order.original)
  }

  unreadable(item: UnreadableItem, read: (() => MappedOrder) | null): void {
    if (read !== null && this.#parts?.takeTx(item.index, read()) === true) {
      this.parts += 1
      return
    }
    this.#listed += 1
    if (this.#listed <= mostListed) noteUnreadableTx(this.#orders, { ...this.#pull, replyUid: this.#replyUid }, [item])
  }
}
