import type { Axis, AxisValue, CodeProfile } from '../vocabulary.ts'
import type { StatusCorrections } from './corrections.ts'
import type { Meaning } from './meaning.ts'
import { meaningOf } from './meaning-of.ts'

/** How far along its life a meaning stands. What waits for the merchant is part of being under way. */
const rank: Record<Meaning, number> = {
  no: 0,
  submitted: 1,
  processing: 2,
  needsMerchant: 2,
  shipped: 3,
  activated: 4,
  recharged: 5,
  settlementFailed: 5,
  settled: 6,
  failed: 7,
  gone: 8,
}

/**
 * True where a change goes down the order of life: a failed or ended order is under way again (复活), an activation,
 * a first recharge or a settlement is withdrawn. A change from or to what cannot be read is not flagged.
 * An order that ends (fails, is cancelled) has not gone backward; an activated number that is stopped has.
 */
export function isBackward(
  axis: Axis,
  from: AxisValue | null,
  to: AxisValue,
  profile: CodeProfile,
  corrections: StatusCorrections | null = null,
): boolean {
  const before = meaningOf(axis, from, profile, corrections)
  const after = meaningOf(axis, to, profile, corrections)
  if (before === null || after === null) return false
  if (axis === 'activation' && after === 'gone') return before !== 'gone' && before !== 'no'
  if (axis === 'settlement' && before === 'settlementFailed') return false
  if (axis === 'settlement' && before === 'settled') return after !== 'settled'
  if (axis === 'refund') return before === 'gone' && after !== 'gone'
  return rank[after] < rank[before]
}
