import type { StatusCorrections } from '../status/corrections.ts'
import type { Axis, AxisValue, CodeProfile, OrderField, OrderFields, Stage } from '../vocabulary.ts'

/** One order as the mapper understood it. */
export interface MappedOrder {
  orderNo: string
  /** Only what the element really carried: an empty, null or "none" value has no key here. */
  fields: OrderFields
  /** null: the element says nothing about that axis. */
  axes: Readonly<Record<Axis, AxisValue | null>>
  stage: Stage
  /** The upstream's own time of its last change, `YYYY-MM-DD HH:mm:ss` Beijing, where it gave one. */
  upstreamAt: string | null
  /** The element's own JSON text, long integers intact. */
  original: string
  /** The system whose codes the axes are in, as far as the reply gave it away; missing is `unknown`. */
  profile?: CodeProfile
  /** What the merchant says of words and codes; missing or null is nothing. */
  corrections?: StatusCorrections | null
}

export type UnreadableReason =
  | 'notAnObject'
  | 'noOrderNumber'
  | 'sameNumber'
  | 'orderNumberRepeats'
  /** No JSON, even read leniently. */
  | 'broken'
  /** Its text is too long to be read; only its beginning is kept beside the raw reply. */
  | 'tooLong'

/** An element that could not become an order. It is kept and shown, never dropped. */
export interface UnreadableItem {
  /** Position in the list, from 0. */
  index: number
  reason: UnreadableReason
  original: string
}

/** Which path fed which column. Confidence from 0 (a guess) to 1 (a known name and values that look right). */
export interface FieldMapping {
  column: OrderField | Axis
  /** Dotted path within one element. */
  path: string
  confidence: number
}

export interface MappedReply {
  /** Dotted path of the list within the reply; '' the reply itself; null: no list of orders found. */
  listPath: string | null
  profile: CodeProfile
  orders: readonly MappedOrder[]
  unreadable: readonly UnreadableItem[]
  fields: readonly FieldMapping[]
  /** Paths within the elements that fed nothing. */
  unused: readonly string[]
  /** Elements that shared an order number with a differing one. */
  conflicts: number
  /** The reply's own total, where it gave one. */
  total: number | null
}
