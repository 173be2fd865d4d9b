import type { Axis, AxisValue, CodeProfile, Stage } from '../vocabulary.ts'
import type { Meaning } from './meaning.ts'
import { meaningOf } from './meaning-of.ts'

type Axes = Readonly<Record<Axis, AxisValue | null>>

/**
 * The stage a merchant sees, from all five axes. What ended an order comes first, then how far money and activation
 * got (production often stays 已发货 for ever), then what waits for the merchant, then production itself.
 */
export function computeStage(axes: Axes, profile: CodeProfile): Stage {
  const production = meaningOf('production', axes.production, profile)
  const activation = meaningOf('activation', axes.activation, profile)
  const refund = meaningOf('refund', axes.refund, profile)
  if (production === 'gone' || activation === 'gone' || refund === 'gone') return 'gone'
  if (production === 'failed') return 'failed'
  const money = moneyStage([
    meaningOf('settlement', axes.settlement, profile),
    production,
    meaningOf('recharge', axes.recharge, profile),
    activation,
  ])
  if (money !== null) return money
  if (refund === 'needsMerchant' && production !== 'shipped') return 'needsMerchant'
  return production === null || production === 'no' ? 'unknown' : production
}

const farthestFirst = ['settled', 'settlementFailed', 'recharged', 'activated'] as const satisfies readonly Meaning[]

function moneyStage(meanings: readonly (Meaning | null)[]): Stage | null {
  return farthestFirst.find((stage) => meanings.includes(stage)) ?? null
}
