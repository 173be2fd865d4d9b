import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openConnection } from '#database/connection.ts'
import type { FaultInput, PracticeGateway, TruthOrder } from '#practice/gateway.ts'
import { compare } from '../../../../scripts/crash/compare.ts'
import { testKey } from '../../../support/database.ts'
import { followUpOf } from '../../../support/follow-up-desk.ts'
import { limitFileSize } from '../../../support/full-disk.ts'
import { openPractice, practiceAccount } from '../../../support/practice-desk.ts'
import { everything, practiceDays, requestKinds, types, type RequestKind } from '../../../support/request-kinds.ts'
import { openSyncDesk, type SyncDesk } from '../../../support/sync-desk.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

/** One life of one installation, in which request after request of one kind fails. */
class FailingLife {
  readonly folder = mkdtempSync(join(tmpdir(), 'haoka-failing-'))
  readonly #kind: RequestKind
  gateway!: PracticeGateway
  desk!: SyncDesk

  constructor(kind: RequestKind) {
    this.#kind = kind
  }

  get account() {
    return practiceAccount(this.gateway, { timeoutMs: 700 })
  }

  /** A deliver-once world in which a channel, too, takes what it delivers from the other; all of it is known. */
  async begin(): Promise<void> {
    this.gateway = await openPractice({ orders: 120, historyDays: practiceDays, channelsShareMarks: true })
    await this.reopen()
    for (const channel of ['sync', 'callback'] as const) await this.desk.sync({ types, channel, range: everything })
    await this.desk.sync({ types, channel: 'callback' })
    await this.desk.sync({ types })
  }

  async end(): Promise<void> {
    await this.desk[Symbol.asyncDispose]()
    await this.gateway.close()
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }

  async reopen(): Promise<void> {
    this.desk = await openSyncDesk([this.account], { folder: this.folder })
  }

  /** Orders move, and what this kind needs is there. */
  async liveOn(): Promise<void> {
    this.gateway.advance(48)
    if (this.#kind.needsOpen !== true) return
    this.gateway.addFault({ kind: 'cut', times: 'always' })
    await this.desk.sync({ types })
    this.gateway.clearFaults()
    expect(await this.desk.openRequests()).toBeGreaterThan(0)
    this.gateway.advance(6)
  }

  /** Asks, and lets something happen when the request that is to fail has come so far. */
  ask(phase: Phase | null = null, happen: () => void = () => undefined): Promise<unknown> {
    const { desk, account } = this
    let left = this.#kind.skip ?? 0
    const arrived = (): void => {
      if (left === 0) happen()
      left -= 1
    }
    if (phase !== null) watch(desk, phase, arrived)
    const progress = () => undefined
    return this.#kind.ask({ desk, followUp: followUpOf(desk, account), accountId: account.id, progress })
  }

  /** What must be here: of channel 2 the axes alone, because it names few fields and has taken the mark for all. */
  #truth(): TruthOrder[] {
    const whole = this.gateway.truth()
    return this.#kind.namesAxesOnly === true ? whole.map((order) => ({ ...order, fields: {} })) : whole
  }

  /** One ordinary sync after the failure: nothing missing, doubled, wrong or open. */
  async expectWhole(): Promise<void> {
    const { desk, account } = this
    const runs = await desk.sync({ types })
    expect(runs.map(({ purpose, outcome, error }) => [purpose, outcome, error?.code])).toEqual(
      runs.map(({ purpose }) => [purpose, 'understood', undefined]),
    )
    const rows = await desk.rows()
    const read = rows.map(({ id }) => desk.database.call('orders.detail', { accountId: account.id, id, reveal: true }))
    const held = { rows, details: await Promise.all(read) }
    expect(compare(this.#truth(), held, { codes: () => [] })).toEqual({ lost: [], duplicated: [], wrong: [] })
    const { openRequests, unread } = await desk.service.state(account.id)
    expect({ openRequests, unread }).toEqual({ openRequests: 0, unread: [] })
  }
}

/** The database's part at which something happens. */
const phases = {
  'before it leaves': 'attempts.begin',
  'while its reply is awaited': 'replies.begin',
  'while its reply comes in': 'replies.append',
  'while its reply is made durable': 'replies.finish',
  'while its reply is merged': 'replies.merge',
} as const
type Phase = keyof typeof phases

/** Tells, once armed, of every call of that phase just before the database gets it. */
function watch({ database }: SyncDesk, phase: Phase, arrived: () => void): void {
  const whole = database.call
  database.call = (name, input, options) => {
    if (name === phases[phase]) arrived()
    return whole(name, input, options)
  }
}
const phaseNames = Object.keys(phases) as Phase[]

describe.each(requestKinds.map((kind) => [kind.name, kind] as const))('nothing of %s is lost', (_name, kind) => {
  const life = new FailingLife(kind)
  beforeAll(() => life.begin())
  afterAll(() => life.end())

  const faults: FaultInput['kind'][] = ['reset', 'cut', 'hang', 'error500', 'html', 'wrongJson', 'redirect']
  it.each(faults)('when the network or the upstream fails: %s', async (fault) => {
    await life.liveOn()
    life.gateway.addFault({ ...kind.faced, kind: fault, times: 1 })
    const before = life.gateway.calls().length
    await life.ask()
    const met = life.gateway
      .calls()
      .slice(before)
      .filter((call) => call.answer?.fault === fault)
    expect(met, 'the fault was met').toHaveLength(1)
    await life.expectWhole()
  })

  it.each(phaseNames)('when the database process is killed %s', async (phase) => {
    await life.liveOn()
    let killed: Promise<void> | undefined
    const asked = life.ask(phase, () => (killed ??= life.desk.database.crash()))
    if (kind.swallows === true) await asked
    else await expect(asked).rejects.toMatchObject({ code: 'processGone' })
    expect(killed, 'it came so far').toBeDefined()
    await killed
    life.gateway.advance(6)
    await life.reopen()
    await life.expectWhole()
  })

  it.runIf(process.platform === 'linux').each(phaseNames)('when the disk is full %s', async (phase) => {
    await life.liveOn()
    const { desk } = life
    const asked = life.ask(phase, () => limitFileSize(desk.database.pid, 4_096))
    const codes = await asked.then(errorsIn, (thrown: { code?: string }) => [thrown.code])
    if (kind.swallows !== true) expect([...new Set(codes)]).toEqual(['diskFull'])
    else expect(desk.log.join('\n')).toMatch(/disk|FULL|SQLITE_IOERR/)
    limitFileSize(desk.database.pid, 'unlimited')
    life.gateway.advance(6)
    await life.expectWhole()
  })

  it('when the file is busy at the next start: that is refused in words, and what was open is repaired later', async () => {
    await life.liveOn()
    const asked = life.ask('while its reply is awaited', () => void life.desk.database.crash())
    await asked.catch(() => undefined)
    await life.desk[Symbol.asyncDispose]()
    const other = await openConnection(join(life.folder, 'orders.db'), testKey, () => undefined)
    try {
      await expect(life.reopen()).rejects.toMatchObject({ code: 'dataFolderInUse' })
    } finally {
      other.close()
    }
    await life.reopen()
    expect(await life.desk.openRequests()).toBeGreaterThan(0)
    await life.expectWhole()
  })
})

function errorsIn(done: unknown): (string | undefined)[] {
  const runs = Array.isArray(done) ? done : ((done as { runs: unknown[] } | undefined)?.runs ?? [])
  return (runs as { error: { code: string } | null }[]).flatMap(({ error }) => error?.code ?? [])
}
