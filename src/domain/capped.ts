/** Why a reply is taken not to hold everything it should: its own total says so, or it stops at a round number. */
export type Capped = 'total' | 'round'

/** An upstream that cuts its lists short does so at 50, 100, 200, 500, 1000 and the like. */
const roundStep = 50

/** True for a count of items at which a list may have been cut off. */
export function isRoundCount(count: number): boolean {
  return count >= roundStep && count % roundStep === 0
}

/** What one reply held. */
export interface HeldItems {
  received: number
  /** The reply's own total, where it gave one. */
  total: number | null
}

/** What another reply held, and how the two windows lie to each other (incremental calls lie apart from one another). */
export interface OtherReply extends HeldItems {
  window: 'same' | 'overlapping' | 'apart'
}

/**
 * A reply is capped when its own total differs from its items, or when it holds the same round number of items as one
 * of a window that lies apart (overlapping ones hold the same orders, so that equal counts say nothing).
 * A total that came with another window too counts something else than the window, and says nothing: with one that lies
 * apart, or with one that overlaps and yet held another number of items.
 */
export function cappedBy({ received, total }: HeldItems, others: readonly OtherReply[]): Capped | null {
  const countsElse = others.some(
    (other) => other.total === total && (other.window === 'apart' || isOtherCount(other, received)),
  )
  if (total !== null && total !== received && !countsElse) return 'total'
  const again = others.some((other) => other.window === 'apart' && other.received === received)
  return isRoundCount(received) && again ? 'round' : null
}

function isOtherCount(other: OtherReply, received: number): boolean {
  return other.window === 'overlapping' && other.received !== received
}
