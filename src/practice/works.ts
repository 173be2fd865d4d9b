import type { PracticeOptions, PracticeSettings, Switches, SwitchesPatch } from './options.ts'
import { practiceOptionsSchema, switchesPatchSchema, switchesSchema } from './options.ts'
import { CallLog, type SeenCall } from './server/call-log.ts'
import { type Fault, type FaultInput, Faults } from './server/fault.ts'
import { Limits } from './server/limits.ts'
import { Marks } from './server/marks.ts'
import { OrderDesk } from './server/order-desk.ts'
import { type PracticeState, loadState, saveState } from './server/state-file.ts'
import { beijingText } from './beijing.ts'
import { Pusher, type SentPush } from './push/pusher.ts'
import { PracticeClock } from './world/clock.ts'
import { type TruthOrder, truthOf } from './world/truth.ts'
import { World, type WorldOptions } from './world/world.ts'

/** Everything behind the door: the world, its time, the marks, the limits; and what may be done to them. */
export class PracticeWorks {
  readonly settings: PracticeSettings
  readonly world: World
  readonly clock: PracticeClock
  readonly desk: OrderDesk
  readonly faults = new Faults()
  readonly limits: Limits
  readonly log = new CallLog()
  readonly pusher: Pusher
  private readonly marks: Marks
  private switches: Switches

  /** Takes up the state file of an earlier run where it is of the same world, else begins at `nowMs`. */
  constructor(options: PracticeOptions) {
    const { clock: real = { now: () => Date.now() }, ...rest } = options
    const settings = practiceOptionsSchema.parse(rest)
    this.settings = settings
    this.switches = switchesSchema.parse(settings)
    const saved = savedState(settings, real.now())
    const epochMs = saved?.world.epochMs ?? settings.nowMs ?? real.now()
    const { seed, orders, historyDays, speed } = settings
    this.world = new World({ seed, orders, historyDays, epochMs })
    this.clock = new PracticeClock(saved?.clock ?? { practiceMs: epochMs, realMs: real.now(), speed }, real)
    this.clock.setSpeed(speed)
    this.marks = new Marks(saved?.marks)
    this.limits = new Limits(saved?.count)
    this.desk = new OrderDesk(this.world, this.marks)
    for (const fault of settings.faults) this.faults.add(fault)
    this.pusher = new Pusher({ world: this.world, clock: this.clock, switches: () => this.switches })
    this.save()
  }

  currentSwitches(): Switches {
    return this.switches
  }

  save(): void {
    if (this.settings.statePath === null) return
    const state: PracticeState = {
      version: 1,
      world: this.world.options,
      clock: this.clock.state(),
      marks: this.marks.save(),
      count: this.limits.save(),
    }
    saveState(this.settings.statePath, state)
  }

  /** Lets practice time jump forward. */
  advance(hours: number): void {
    this.clock.advance(hours)
    this.save()
  }

  setSpeed(speed: number): void {
    this.clock.setSpeed(speed)
    this.save()
  }

  set(patch: SwitchesPatch): void {
    const given = Object.entries(switchesPatchSchema.parse(patch)).filter(([, value]) => value !== undefined)
    this.switches = switchesSchema.parse({ ...this.switches, ...Object.fromEntries(given) })
    this.pusher.follow()
  }

  addFault(fault: FaultInput): void {
    this.faults.add(fault)
  }

  clearFaults(): void {
    this.faults.clear()
  }

  /** Everything counts as undelivered again. */
  resetMarks(): void {
    this.marks.reset()
    this.save()
  }

  /** Pushes made so far, oldest first. */
  pushes(): SentPush[] {
    return this.pusher.list()
  }

  calls(): SeenCall[] {
    return this.log.list()
  }

  /** Orders born so far, in order of birth, as they really are now. */
  truth(page: { from?: number; count?: number } = {}): TruthOrder[] {
    const nowMs = this.clock.now()
    const born = this.world.countBefore(nowMs + 1)
    const first = page.from ?? 0
    const end = Math.min(born, first + (page.count ?? born))
    return Array.from({ length: Math.max(0, end - first) }, (_, at) => truthOf(this.world, first + at, nowMs))
  }

  state(): { nowMs: number; now: string; orders: number; switches: Switches; faults: Fault[] } {
    const nowMs = this.clock.now()
    return {
      nowMs,
      now: beijingText(nowMs),
      orders: this.world.countBefore(nowMs + 1),
      switches: this.switches,
      faults: this.faults.list(),
    }
  }
}

function savedState(settings: PracticeSettings, nowMs: number): PracticeState | null {
  const saved = settings.statePath === null ? null : loadState(settings.statePath, nowMs)
  return saved !== null && sameWorld(saved.world, settings) ? saved : null
}

/** A file of another seed or size tells nothing about this world. */
function sameWorld(saved: WorldOptions, settings: PracticeSettings): boolean {
  return saved.seed === settings.seed && saved.orders === settings.orders && saved.historyDays === settings.historyDays
}
