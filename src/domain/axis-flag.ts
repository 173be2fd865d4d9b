import type { Axis, Stage } from './vocabulary.ts'

/** Axes that most systems tell by 0 and 1 alone, and what their words are in the locale files (`orders.flags`). */
export type AxisFlag = 'notActivated' | 'activated' | 'notRecharged' | 'recharged' | 'notSettled' | 'notRefunded'

const beyondRecharge: ReadonlySet<Stage> = new Set(['recharged', 'settled', 'settlementFailed'])

const notYet: Partial<Record<Axis, AxisFlag>> = {
  activation: 'notActivated',
  recharge: 'notRecharged',
  settlement: 'notSettled',
  refund: 'notRefunded',
}

/**
 * The word for a side axis that came as a bare 0 or 1, in pages and in files alike. 0 is "not yet" in every system of
 * the trade; a 1 of the first recharge means "not yet" in one of them (广梦云), so the order's stage decides. null: the
 * code itself must be shown.
 */
export function axisFlag(axis: Axis, code: string, stage: Stage): AxisFlag | null {
  if (code === '0') return notYet[axis] ?? null
  if (code !== '1') return null
  if (axis === 'activation') return 'activated'
  return axis === 'recharge' && beyondRecharge.has(stage) ? 'recharged' : null
}
