import { createHash, randomBytes } from 'node:crypto'
import type { PracticeOptions, PracticeSettings, SwitchesPatch } from './options.ts'
import type { SentPush } from './push/pusher.ts'
import type { SeenCall } from './server/call-log.ts'
import { Control } from './server/control.ts'
import type { FaultInput } from './server/fault.ts'
import { Gate, orderPath } from './server/gate.ts'
import { openDoor } from './server/http-door.ts'
import { PracticeWorks } from './works.ts'
import type { TruthOrder } from './world/truth.ts'

/** What a merchant would type into an account. None of it opens anything but this gateway. sk null: check off. */
export interface PracticeCredentials {
  key: string
  name: string
  password: string
  token: string
  sk: string | null
}

export interface PracticeGateway {
  /** The order address, to be used as the account's gateway. */
  readonly url: string
  readonly credentials: PracticeCredentials
  /** Control requests go to `${controlUrl}/…` with the token in the header `x-practice-token`. */
  readonly controlUrl: string
  readonly controlToken: string
  /** Practice time, epoch milliseconds. */
  now(): number
  /** Requests seen so far, without secrets. */
  calls(): SeenCall[]
  /** All orders born so far as they really are, in order of birth. */
  truth(page?: { from?: number; count?: number }): TruthOrder[]
  advance(hours: number): void
  setSpeed(speed: number): void
  /** Words joined by '+', as in 'jiTuan+jsonString'; see reply/shape.ts. */
  setShape(shape: string): void
  set(switches: SwitchesPatch): void
  addFault(fault: FaultInput): void
  clearFaults(): void
  resetMarks(): void
  /** Pushes made so far to api_url, oldest first. */
  pushes(): SentPush[]
  /** Breaks every connection and frees the port. */
  close(): Promise<void>
}

export type { FaultInput, PracticeOptions, SeenCall, SwitchesPatch, TruthOrder }

/** Starts a practice upstream on 127.0.0.1. Rejects when the port is taken or an option is wrong. */
export async function startPracticeGateway(options: PracticeOptions = {}): Promise<PracticeGateway> {
  const works = new PracticeWorks(options)
  const credentials = credentialsOf(works.settings)
  const controlToken = works.settings.controlToken ?? randomBytes(24).toString('hex')
  const gate = new Gate({
    credentials: { ...credentials, keys: [credentials.key, ...works.settings.moreKeys] },
    clock: works.clock,
    desk: works.desk,
    faults: works.faults,
    limits: works.limits,
    log: works.log,
    switches: () => works.currentSwitches(),
    save: () => works.save(),
    heardAddress: (url, apiToken) => works.pusher.heard(url, apiToken),
  })
  const door = await openDoor(works.settings.port, {
    gate,
    control: new Control(works, controlToken),
    log: works.log,
    practiceNow: () => works.clock.now(),
    realNow: () => (options.clock ?? Date).now(),
  })
  const origin = `http://127.0.0.1:${door.port}`
  return {
    url: origin + orderPath,
    credentials,
    controlUrl: `${origin}/practice`,
    controlToken,
    now: () => works.clock.now(),
    calls: () => works.calls(),
    truth: (page) => works.truth(page),
    advance: (hours) => works.advance(hours),
    setSpeed: (speed) => works.setSpeed(speed),
    setShape: (shape) => works.set({ shape }),
    set: (switches) => works.set(switches),
    addFault: (fault) => works.addFault(fault),
    clearFaults: () => works.clearFaults(),
    resetMarks: () => works.resetMarks(),
    pushes: () => works.pushes(),
    async close() {
      works.pusher.stop()
      await door.close()
    },
  }
}

/** What was not given is made from the seed, so that a restarted gateway still knows its account. */
function credentialsOf(settings: PracticeSettings): PracticeCredentials {
  const made = (what: string): string =>
    createHash('sha256').update(`practice ${settings.seed} ${what}`).digest('hex').slice(0, 32)
  return {
    key: settings.key ?? made('key'),
    name: settings.name ?? 'practice',
    password: settings.password ?? made('password').slice(0, 12),
    token: settings.token ?? made('token'),
    sk: settings.sk === undefined ? made('sk') : settings.sk,
  }
}
