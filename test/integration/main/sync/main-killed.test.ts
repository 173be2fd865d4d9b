import '../../../support/plain-electron.ts'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { PracticeGateway } from '#practice/gateway.ts'
import { Auditor } from '../../../../scripts/crash/auditor.ts'
import { Desk } from '../../../../scripts/crash/desk.ts'
import { Ledger } from '../../../../scripts/crash/ledger.ts'
import { Witness } from '../../../../scripts/crash/witness.ts'
import { openPractice } from '../../../support/practice-desk.ts'
import { everything, practiceDays, requestKinds, types, type RequestKind } from '../../../support/request-kinds.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

/** Where main is when it is killed, as the campaign names it. */
const points = {
  'before the request is written down': 'before requests.open',
  'before the call leaves': 'before fetch',
  'when the reply has begun': 'after fetch',
  'while the reply comes in': 'after replies.begin',
  'between the durable reply and its merge': 'before replies.merge',
  'right after the merge': 'after replies.merge',
} as const

/** One computer whose app, a process of its own with a database process of its own, is killed again and again. */
class KilledLife {
  readonly #folder = mkdtempSync(join(tmpdir(), 'haoka-killed-'))
  readonly #kind: RequestKind
  readonly #witness = new Witness()
  readonly #auditor = new Auditor(this.#witness)
  #gateway!: PracticeGateway
  #desk!: Desk

  constructor(kind: RequestKind) {
    this.#kind = kind
  }

  /** A deliver-once world in which a channel, too, takes what it delivers from the other; all of it is known. */
  async begin(): Promise<void> {
    this.#gateway = await openPractice({ orders: 120, historyDays: practiceDays, channelsShareMarks: true })
    const { url: gateway, credentials } = this.#gateway
    const { key, token, sk } = credentials
    const folder = join(this.#folder, 'app')
    const keychainKey = randomBytes(32).toString('hex')
    const installation = { folder, keychainKey, gateway, key, token, sk: sk ?? '', throttleIntervalMs: 0 }
    const ledger = new Ledger(join(this.#folder, 'ledger'))
    this.#desk = new Desk({ installation, ledger, clockOffsetMs: () => 0, witness: this.#witness })
    await this.#openQuickly()
    for (const channel of ['sync', 'callback'] as const)
      await this.#desk.call('sync', { types, channel, range: everything })
    await this.#desk.call('sync', { types, channel: 'callback', range: null })
    await this.#desk.call('sync', { types, channel: 'sync', range: null })
  }

  async end(): Promise<void> {
    await this.#desk.abandon()
    await this.#gateway.close()
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }

  async killAt(point: string): Promise<void> {
    const [desk, gateway, kind] = [this.#desk, this.#gateway, this.#kind]
    gateway.advance(48)
    if (kind.needsOpen === true) await this.#leaveOpen()
    const { reached } = await desk.arm(point, kind.skip ?? 0, true)
    const asked = kind.askOf(desk, gateway).then(
      () => 'ended',
      () => 'ended',
    )
    expect(await Promise.race([reached.then(() => 'reached'), asked])).toBe('reached')
    await desk.kill('app')
    await asked
    gateway.advance(6)
  }

  /** One ordinary sync of the app's next start. */
  async expectWhole(): Promise<void> {
    const [desk, gateway] = [this.#desk, this.#gateway]
    await desk.ensureOpen()
    const { runs } = await desk.call('sync', { types, channel: 'sync', range: null })
    expect(runs.map(({ outcome, error }) => [outcome, error])).toEqual(runs.map(() => ['understood', null]))
    const whole = gateway.truth()
    const truth = this.#kind.namesAxesOnly === true ? whole.map((order) => ({ ...order, fields: {} })) : whole
    expect(await this.#auditor.audit(desk, truth, true)).toEqual({ lost: [], duplicated: [], wrong: [] })
    expect(await desk.call('state', {})).toMatchObject({ openRequests: 0 })
  }

  /** Code that was read once need not be read anew at every start; only a process that ends well leaves it behind. */
  async #openQuickly(): Promise<void> {
    vi.stubEnv('NODE_COMPILE_CACHE', join(this.#folder, 'code'))
    await this.#desk.ensureOpen()
    await this.#desk.stop()
    await this.#desk.ensureOpen()
  }

  async #leaveOpen(): Promise<void> {
    this.#gateway.addFault({ kind: 'cut', times: 'always' })
    await this.#desk.call('sync', { types, channel: 'sync', range: null })
    this.#gateway.clearFaults()
    this.#gateway.advance(6)
  }
}

describe.each(requestKinds.map((kind) => [kind.name, kind] as const))('nothing of %s is lost', (_name, kind) => {
  const life = new KilledLife(kind)
  beforeAll(() => life.begin())
  afterAll(() => life.end())

  it.each(Object.entries(points))('when main is killed %s', async (_where, point) => {
    await life.killAt(point)
    await life.expectWhole()
  })
})
