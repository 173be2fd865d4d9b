import type { MappedOrder } from '#domain/mapper/types.ts'
import type { Connection } from '../connection.ts'
import type { Pull } from '../merge/pull.ts'
import { keepItemTx } from './keep-item.ts'

/** Takes elements without an order number that name their order in another way. False: this one does not. */
export interface PartTaker {
  takeTx(index: number, read: MappedOrder): boolean
}

/**
 * Elements of a status callback (channel 2) that name their order only by its own number. Each is kept and merged as a
 * push of that order would be: matched over both types, waiting where it has no order, looked for by a range.
 */
export class CallbackParts implements PartTaker {
  readonly counts = { changed: 0, unchanged: 0, waiting: 0 }
  readonly #orders: Connection
  readonly #pull: Pull
  readonly #replyUid: string

  constructor(orders: Connection, pull: Pull, replyUid: string) {
    this.#orders = orders
    this.#pull = pull
    this.#replyUid = replyUid
  }

  takeTx(index: number, read: MappedOrder): boolean {
    const { orderNo: _none, ...part } = read
    const { orderNo: _empty, ...fields } = part.fields
    const ownNo = fields.ownNo ?? null
    if (ownNo === null) return false
    const { account, seenAt: receivedAt, pullOrder: afterAttempt, run } = this.#pull
    const source = { account, uid: this.#replyUid, receivedAt, afterAttempt, run }
    const order = { ...part, fields, orderNo: null, ownNo }
    const { state, changed } = keepItemTx(this.#orders, source, index, { kind: 'order', order })
    if (state === 'unmatched' || state === 'several') this.counts.waiting += 1
    else this.counts[changed ? 'changed' : 'unchanged'] += 1
    return true
  }
}
