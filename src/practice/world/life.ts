import type { Dice } from './dice.ts'
import { type Facts, newborn } from './facts.ts'
import { makeAndShip } from './life-card.ts'
import { beOwned } from './life-owner.ts'
import { beReviewed } from './life-review.ts'
import { LifeScript, type Step } from './life-script.ts'

/**
 * The whole life of an order, a pure function of its dice and birth: waiting → review (photo, failure, 复活) → card →
 * shipped → signed → activated → first recharge → settlement, with cancellation, 停机 and 销户 on the way.
 * Steps come in order, at least a second apart; nothing follows 订单终止.
 */
export function liveOrder(dice: Dice, bornMs: number): Step[] {
  const script = new LifeScript(dice, bornMs)
  if (beReviewed(script) && makeAndShip(script)) beOwned(script)
  return inOrder(script.steps)
}

function inOrder(steps: Step[]): Step[] {
  steps.sort((a, b) => a.atMs - b.atMs)
  const ends = steps.findIndex((step) => step.patch.status === '0')
  const lived = ends < 0 ? steps : steps.filter((step, at) => at <= ends || step.patch.refundedMs !== undefined)
  for (let at = 1; at < lived.length; at++) {
    const before = lived[at - 1]
    const step = lived[at]
    if (before && step && step.atMs <= before.atMs) step.atMs = before.atMs + 1000
  }
  return lived
}

/** How many steps have happened by then: the order's version, 0 before its birth. */
export function versionAt(steps: readonly Step[], nowMs: number): number {
  let version = 0
  for (const step of steps) {
    if (step.atMs > nowMs) break
    version++
  }
  return version
}

/** The facts after so many steps. */
export function factsAfter(steps: readonly Step[], version: number): Facts {
  const facts = { ...newborn }
  for (let at = 0; at < version; at++) Object.assign(facts, steps[at]?.patch)
  return facts
}
