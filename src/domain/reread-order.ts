import type { MappedOrder } from './mapper/types.ts'
import { mergeOrder, type AxisChange, type StoredOrder } from './merge-order.ts'
import { computeStage } from './status/stage.ts'
import { axes as allAxes, type Axis, type AxisValue, type OrderField } from './vocabulary.ts'

/** A stored element read twice: by the rules its order was made with, and by the new ones. null: by neither. */
export interface TwoReadings {
  before: MappedOrder
  after: MappedOrder
}

export interface Reread extends StoredOrder {
  changes: readonly AxisChange[]
}

/**
 * An order whose last source has expired, by the new reading of its stored element. What the old reading had taken from
 * that element and the new one does not find there goes; what came from elements that are gone stays, history too.
 */
export function rereadOrder(stored: StoredOrder, { before, after }: TwoReadings): Reread {
  const fields = without(stored, before, (field) => after.fields[field] === undefined)
  const axes = { ...stored.axes }
  for (const axis of allAxes) if (after.axes[axis] === null && isSame(axes[axis], before.axes[axis])) axes[axis] = null
  return mergeOrder({ fields, axes, stage: stored.stage }, after)
}

/**
 * What of an order does not come from sources that are still there and are read again: fields that its stored element
 * does not explain, and the axes as the history that has no source any more left them.
 */
export function expiredPart(
  stored: StoredOrder,
  { before, after }: TwoReadings,
  axes: Record<Axis, AxisValue | null>,
): StoredOrder {
  const fields = without(stored, before, () => true)
  return { fields, axes, stage: computeStage(axes, after.profile ?? 'unknown', after.corrections ?? null) }
}

function without(
  stored: StoredOrder,
  before: MappedOrder,
  goes: (field: OrderField) => boolean,
): StoredOrder['fields'] {
  const kept = Object.entries(stored.fields).filter(
    ([field, value]) => before.fields[field as OrderField] !== value || !goes(field as OrderField),
  )
  return Object.fromEntries(kept)
}

function isSame(one: AxisValue | null, other: AxisValue | null): boolean {
  return one !== null && one.word === (other?.word ?? null) && one.code === (other?.code ?? null)
}
