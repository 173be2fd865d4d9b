import type { Range } from './ranges.ts'

/** What `start` and `end` mean. It is not documented, so it is learned from the replies. */
export type RangeMeaning = 'created' | 'updated' | 'unknown'

/** Elements of ranged replies, by which of their own times lay within the window that was asked. */
export interface RangeEvidence {
  /** Created inside, updated outside: speaks for creation. */
  createdOnly: number
  /** Created outside, updated inside: speaks for update. */
  updatedOnly: number
  /** Every element created inside, whatever is known of its update. */
  createdInside: number
  /** Every element created outside, unless it was updated outside too: such a one was not chosen by the window at all. */
  createdOutside: number
}

export const noEvidence: RangeEvidence = { createdOnly: 0, updatedOnly: 0, createdInside: 0, createdOutside: 0 }

/** So many elements that tell the two apart settle it. */
const enoughTelling = 3
/** Where no element carries an update time, so many that were all created inside settle it too. */
const enoughInside = 100
/** One in so many may say the opposite (clocks, time zones of one field) without making it unknown. */
const mayContradict = 20

/** What one element says: its creation and update time in Beijing text, where it has them. */
export function elementEvidence(
  window: Range,
  element: { createdAt?: string | undefined; updatedAt?: string | undefined },
): RangeEvidence {
  const { createdAt, updatedAt } = element
  if (createdAt === undefined) return noEvidence
  const created = isInside(window, createdAt)
  const updated = updatedAt === undefined ? null : isInside(window, updatedAt)
  if (!created && updated === false) return noEvidence
  return {
    createdOnly: Number(created && updated === false),
    updatedOnly: Number(!created && updated === true),
    createdInside: Number(created),
    createdOutside: Number(!created),
  }
}

export function addEvidence(a: RangeEvidence, b: RangeEvidence): RangeEvidence {
  return {
    createdOnly: a.createdOnly + b.createdOnly,
    updatedOnly: a.updatedOnly + b.updatedOnly,
    createdInside: a.createdInside + b.createdInside,
    createdOutside: a.createdOutside + b.createdOutside,
  }
}

/**
 * What the evidence so far says. Elements that were updated outside the window they came in show that it asks for
 * creation; elements that were created outside it show that it asks for update; those whose two times both lie inside
 * say nothing. Where no element tells, many that were all created inside speak for creation: windows by update would
 * bring orders created long before.
 */
export function meaningOf(evidence: RangeEvidence): RangeMeaning {
  const { createdOnly, createdInside, createdOutside } = evidence
  if (createdOnly >= enoughTelling && createdOutside * mayContradict <= createdOnly) return 'created'
  if (createdOutside >= enoughTelling && createdOnly * mayContradict <= createdOutside) return 'updated'
  return createdOnly + createdOutside === 0 && createdInside >= enoughInside ? 'created' : 'unknown'
}

function isInside({ from, to }: Range, time: string): boolean {
  return from <= time && time <= to
}
