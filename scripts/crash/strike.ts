import { setTimeout as sleep } from 'node:timers/promises'
import { dayMs, toBeijing } from '#domain/beijing-time.ts'
import { orderTypes } from '#domain/vocabulary.ts'
import type { PracticeGateway } from '#practice/gateway.ts'
import type { Dice } from '#practice/world/dice.ts'
import type { Desk, Victim } from './desk.ts'
import type { KillPoint, Operation } from './kill-point.ts'
import type { Tally } from './tally.ts'

export interface StrikeParts {
  readonly desk: Desk
  readonly gateway: PracticeGateway
  readonly tally: Tally
  readonly dice: Dice
  /** Where an export goes. */
  readonly exportFile: string
}

export interface StrikeOptions {
  /** In place of the point's own. */
  readonly operation?: Operation
  /** From the checkpoint to the kill, in place of a time up to the point's own. */
  readonly wait?: () => Promise<unknown>
}

/** As often as each stands here. */
const anyOperation = ['sync', 'sync', 'sync', 'sync', 'range', 'range', 'callback', 'followUp', 'reconcile'] as const
const victims: readonly [Victim, ...Victim[]] = ['app', 'database', 'both']

/**
 * Lets the app do something and kills it, its database process or both at that point. False: the operation ended before
 * the point was reached, and nobody was killed. Throws what the operation threw before the kill.
 */
export async function strike(parts: StrikeParts, point: KillPoint, options: StrikeOptions = {}): Promise<boolean> {
  const { desk, gateway, tally, dice } = parts
  const operation = options.operation ?? point.operation
  gateway.clearFaults()
  if (point.fault !== null) gateway.addFault(point.fault)
  const { reached } = await desk.arm(point.at, dice.int(point.most + 1), point.hold)
  const work = perform(parts, operation).then(
    () => 'ended' as const,
    (thrown: unknown) => ({ thrown }),
  )
  const first = await Promise.race([reached, work])
  if (typeof first === 'object') throw first.thrown
  if (first === 'ended') {
    tally.missed += 1
    await desk.disarm()
    return false
  }
  await (options.wait?.() ?? sleep(dice.between(0, point.delayMs)))
  const left = point.until !== null && desk.passed.includes(point.until)
  const victim = dice.pick(victims)
  await desk.kill(victim)
  tally.noteKill(`${operation === 'repair' ? 'repair ' : ''}${left ? 'after ' : ''}${point.name}`, victim)
  await desk.disarm()
  await work
  gateway.clearFaults()
  return true
}

async function perform(parts: StrikeParts, operation: Operation): Promise<void> {
  const { desk, gateway, dice } = parts
  switch (operation) {
    case 'any':
      return perform(parts, dice.pick(anyOperation))
    case 'sync': {
      const types = dice.chance(0.5) ? [...orderTypes] : [dice.chance(0.5) ? orderTypes[0] : orderTypes[1]]
      return void (await desk.call('sync', { types, range: null, channel: 'sync' }))
    }
    case 'range': {
      const range = lastDays(gateway, dice.between(5, 60))
      return void (await desk.call('sync', { types: [...orderTypes], range, channel: 'sync' }))
    }
    case 'callback':
      return void (await desk.call('sync', { types: [...orderTypes], range: null, channel: 'callback' }))
    case 'followUp':
      return void (await desk.call('followUp', {}))
    case 'reconcile':
      return void (await desk.call('reconcile', {}))
    case 'repair':
      return void (await desk.call('repair', {}))
    case 'export':
      return void (await desk.call('export', { file: parts.exportFile }))
    case 'start':
      return desk.open()
  }
}

/** Up to a day ahead, as the app itself asks. */
export function lastDays(gateway: PracticeGateway, days: number): { from: string; to: string } {
  const now = gateway.now()
  return { from: toBeijing(now - days * dayMs), to: toBeijing(now + dayMs) }
}
