import type { Axis, Stage } from '#domain/vocabulary.ts'

/** Axes that most systems tell by 0 and 1 alone, and what their words are in the locale files. */
export type FlagWord = 'notActivated' | 'activated' | 'notRecharged' | 'recharged' | 'notSettled' | 'notRefunded'

const beyondRecharge: ReadonlySet<Stage> = new Set(['recharged', 'settled', 'settlementFailed'])

/**
 * The word for a side axis that came as a bare 0 or 1. 0 is "not yet" in every system of the trade; a 1 of the first
 * recharge means "not yet" in one of them (广梦云), so the order's stage decides. null: the code itself must be shown.
 */
export function flagWord(axis: Axis, code: string, stage: Stage): FlagWord | null {
  if (code === '0') return notYet[axis] ?? null
  if (code !== '1') return null
  if (axis === 'activation') return 'activated'
  return axis === 'recharge' && beyondRecharge.has(stage) ? 'recharged' : null
}

const notYet: Partial<Record<Axis, FlagWord>> = {
  activation: 'notActivated',
  recharge: 'notRecharged',
  settlement: 'notSettled',
  refund: 'notRefunded',
}
