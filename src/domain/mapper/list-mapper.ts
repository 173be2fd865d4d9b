import { isObject, type JsonObject } from '../json.ts'
import type { TextSink } from '../json-stream/reading.ts'
import { ElementWalker, type ListElement } from './elements.ts'
import { hashText } from './hash.ts'
import type { Place } from './places.ts'
import type { MappingPlan } from './plan.ts'
import { readElement } from './read-element.ts'
import type { SameNumber } from './same-number.ts'
import type { SeenNumbers } from './seen-numbers.ts'
import type { MappedOrder, UnreadableItem, UnreadableReason } from './types.ts'

/** Takes what a reply's elements come to, in their order. */
export interface ItemSink {
  order(order: MappedOrder): void
  /** `read`: an element without an order number as far as it can be read; its order number is ''. */
  unreadable(item: UnreadableItem, read: (() => MappedOrder) | null): void
}

/** How the elements of one list are read. */
export interface ListReading {
  places: readonly Place[]
  plan: MappingPlan
  numberOf: (element: JsonObject, key: string | null) => string | null
  seen: SeenNumbers
  same: SameNumber
}

/**
 * Reads the elements of a text that comes piece by piece: every element becomes an order, or an unreadable item, or is an
 * exact duplicate of one that did.
 */
export class ListMapper implements TextSink {
  readonly counts = { orders: 0, unreadable: 0, conflicts: 0 }
  readonly #reading: ListReading
  readonly #sink: ItemSink
  readonly #walker: ElementWalker
  /** Hashes of repeated numbers that have been handed on. */
  readonly #handedOn = new Set<number>()

  constructor(reading: ListReading, sink: ItemSink) {
    this.#reading = reading
    this.#sink = sink
    this.#walker = new ElementWalker(reading.places, (element) => this.#take(element))
  }

  feed(text: string): void {
    this.#walker.feed(text)
  }

  #take(element: ListElement): void {
    const { value, key, original, fault } = element
    const { plan, numberOf } = this.#reading
    if (fault !== null) return this.#keep(element, fault)
    if (!isObject(value)) return this.#keep(element, 'notAnObject')
    const orderNo = numberOf(value, key)
    if (orderNo === null) return this.#keep(element, plan.withoutNumber, () => readElement(plan, value, '', original))
    const verdict = this.#verdict(orderNo, element)
    if (verdict === 'duplicate') return
    if (verdict === 'sameNumber') {
      this.counts.conflicts += 1
      return this.#keep(element, 'sameNumber')
    }
    this.counts.orders += 1
    this.#sink.order(readElement(plan, value, orderNo, original))
  }

  #verdict(orderNo: string, { index, original }: ListElement): 'order' | 'sameNumber' | 'duplicate' {
    const { seen, same } = this.#reading
    if (seen.conflicting.size + seen.repeated.size === 0) return 'order'
    const number = hashText(orderNo)
    if (seen.conflicting.has(number)) return same.verdict(orderNo, index, hashText(original)) ?? 'order'
    if (!seen.repeated.has(number)) return 'order'
    if (this.#handedOn.has(number)) return 'duplicate'
    this.#handedOn.add(number)
    return 'order'
  }

  #keep({ index, original }: ListElement, reason: UnreadableReason, read: (() => MappedOrder) | null = null): void {
    this.counts.unreadable += 1
    this.#sink.unreadable({ index, reason, original }, read)
  }
}
