import type { Axis, AxisValue, CodeProfile, Stage } from '../vocabulary.ts'
import type { StatusCorrections } from './corrections.ts'
import type { Meaning } from './meaning.ts'
import { meaningOf } from './meaning-of.ts'

type Axes = Readonly<Record<Axis, AxisValue | null>>

/**
 * The stage a merchant sees, from all five axes. What ended an order comes first, then how far money and activation
 * got (production often stays 已发货 for ever), then what waits for the merchant, then production itself.
 */
export function computeStage(axes: Axes, profile: CodeProfile, corrections: StatusCorrections | null = null): Stage {
  const of = (axis: Axis): Meaning | null => meaningOf(axis, axes[axis], profile, corrections)
  const production = of('production')
  const activation = of('activation')
  const refund = of('refund')
  if (production === 'gone' || activation === 'gone' || refund === 'gone') return 'gone'
  if (production === 'failed') return 'failed'
  const money = moneyStage([of('settlement'), production, of('recharge'), activation])
  if (money !== null) return money
  if (refund === 'needsMerchant' && production !== 'shipped') return 'needsMerchant'
  return production === null || production === 'no' ? 'unknown' : production
}

const farthestFirst = ['settled', 'settlementFailed', 'recharged', 'activated'] as const satisfies readonly Meaning[]

function moneyStage(meanings: readonly (Meaning | null)[]): Stage | null {
  return farthestFirst.find((stage) => meanings.includes(stage)) ?? null
}
