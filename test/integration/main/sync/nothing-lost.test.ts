import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { FaultInput, PracticeGateway } from '#practice/gateway.ts'
import type { SyncProgress } from '#shared/contract/sync.ts'
import { AppError, type ErrorCode } from '#shared/errors.ts'
import { differences, openPractice, practiceAccount } from '../../../support/practice-desk.ts'
import { openSyncDesk, type SyncDesk } from '../../../support/sync-desk.ts'

const everything = { from: '2020-01-01 00:00:00', to: '2099-01-01 00:00:00' }
const types = ['own', 'distributor'] as const

function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'haoka-sync-'))
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) }
}

/** A desk that knows the whole world, which then lived on for two days. */
async function settledDesk(gateway: PracticeGateway, place: { folder: string }): Promise<SyncDesk> {
  const desk = await openSyncDesk([practiceAccount(gateway, { timeoutMs: 1_000 })], place)
  await desk.sync({ types, range: everything })
  await desk.sync({ types })
  expect(await differences(desk, gateway)).toEqual([])
  gateway.advance(48)
  return desk
}

/** Starts a sync and kills the database process with -9 in that phase of it. */
async function crashIn(desk: SyncDesk, phase: SyncProgress['phase']): Promise<void> {
  const start = { accountId: 'account-1', types: ['own'], channel: 'sync', range: null } as const
  let crashed: Promise<void> | undefined
  const sync = desk.service.start(start, {
    progress: (now) => {
      if (now.phase === phase) crashed ??= desk.database.crash()
    },
  })
  await expect(sync).rejects.toMatchObject({ code: 'processGone' })
  await crashed
}

describe('an upstream that delivers once', () => {
  const faults: FaultInput[] = [
    { kind: 'cut', only: 'incremental' },
    { kind: 'hang', only: 'incremental' },
    { kind: 'html', only: 'incremental' },
    { kind: 'wrongJson', only: 'incremental' },
    { kind: 'error500', only: 'incremental' },
    { kind: 'reset', only: 'incremental' },
    { kind: 'cut', times: 2, only: 'all' },
  ]
  it.each(faults)('loses nothing to $kind, $only', async (fault) => {
    using place = temporaryFolder()
    await using gateway = await openPractice()
    await using desk = await settledDesk(gateway, place)
    gateway.addFault(fault)
    const [run] = await desk.sync()
    expect(run?.outcome).toBe('understood')
    await desk.sync({ types: ['distributor'] })
    expect(await differences(desk, gateway)).toEqual([])
    expect(await desk.openRequests()).toBe(0)
  })

  it('loses nothing while it stays down for several syncs', async () => {
    using place = temporaryFolder()
    await using gateway = await openPractice()
    await using desk = await settledDesk(gateway, place)
    gateway.addFault({ kind: 'cut', times: 'always' })
    for (let round = 0; round < 2; round += 1) {
      const runs = await desk.sync({ types })
      expect(runs.every(({ outcome }) => outcome === 'open')).toBe(true)
      gateway.advance(24)
    }
    gateway.clearFaults()
    await desk.sync({ types })
    expect(await differences(desk, gateway)).toEqual([])
    expect(await desk.openRequests()).toBe(0)
  })
})

describe('an error of the database', () => {
  /** Makes the next call of that route fail, as a full disk or a damaged file would. */
  function failOnce({ database }: SyncDesk, route: string, code: ErrorCode): void {
    const whole = database.call
    database.call = (name, input, options) => {
      if (name !== route) return whole(name, input, options)
      database.call = whole
      return Promise.reject(new AppError(code))
    }
  }

  it.each([
    ['before the call leaves', 'attempts.begin', 'diskFull'],
    ['as the reply begins', 'replies.begin', 'diskFull'],
    ['while the reply is stored', 'replies.append', 'diskFull'],
    ['as the reply is made durable', 'replies.finish', 'diskFull'],
    ['while it is merged', 'replies.merge', 'internal'],
  ] as const)('%s leaves the request open, and the next sync repairs it', async (_when, route, code) => {
    using place = temporaryFolder()
    await using gateway = await openPractice()
    await using desk = await settledDesk(gateway, place)
    failOnce(desk, route, code)
    const [run] = await desk.sync()
    expect(run).toMatchObject({ outcome: 'open', error: { code } })
    expect(await desk.openRequests()).toBe(1)
    await desk.sync({ types })
    expect(await differences(desk, gateway)).toEqual([])
    expect(await desk.openRequests()).toBe(0)
  })

  it('before anything was asked is a failed run with nothing open', async () => {
    await using gateway = await openPractice()
    await using desk = await openSyncDesk([practiceAccount(gateway)])
    failOnce(desk, 'requests.open', 'diskFull')
    const [run] = await desk.sync()
    expect(run).toMatchObject({ outcome: 'failed', error: { code: 'diskFull' } })
    expect(gateway.calls()).toEqual([])
  })

  it('that keeps a stored reply from being merged stops no later sync', async () => {
    using place = temporaryFolder()
    await using gateway = await openPractice()
    await using desk = await settledDesk(gateway, place)
    failOnce(desk, 'replies.merge', 'internal')
    await desk.sync()
    failOnce(desk, 'replies.merge', 'internal')
    const runs = await desk.sync({ types })
    expect(runs.every(({ outcome }) => outcome === 'understood')).toBe(true)
    expect(await differences(desk, gateway)).toEqual([])
  })
})

describe('a kill -9 of the database process', () => {
  it.each(['asking', 'receiving', 'merging'] as const)('while %s loses nothing', async (phase) => {
    using place = temporaryFolder()
    await using gateway = await openPractice()
    {
      await using desk = await settledDesk(gateway, place)
      gateway.addFault(phase === 'asking' ? { kind: 'slow', delayMs: 300 } : { kind: 'drip', delayMs: 300 })
      await crashIn(desk, phase)
    }
    await using desk = await openSyncDesk([practiceAccount(gateway)], place)
    expect(await desk.openRequests()).toBe(1)
    const runs = await desk.sync({ types })
    expect(runs.at(-1)?.outcome).toBe('understood')
    expect(await differences(desk, gateway)).toEqual([])
    expect(await desk.openRequests()).toBe(0)
  })

  it('between reply and merge needs no call to mend: the reply is durable', async () => {
    using place = temporaryFolder()
    await using gateway = await openPractice()
    {
      await using desk = await settledDesk(gateway, place)
      const whole = desk.database.call
      desk.database.call = (name, input, options) =>
        name === 'replies.merge'
          ? desk.database.crash().then(() => whole(name, input, options))
          : whole(name, input, options)
      await expect(desk.sync()).rejects.toMatchObject({ code: 'processGone' })
    }
    const callsBefore = gateway.calls().length
    await using desk = await openSyncDesk([practiceAccount(gateway)], place)
    await desk.service.repairAll(['account-1'])
    expect(gateway.calls()).toHaveLength(callsBefore)
    expect(await desk.openRequests()).toBe(0)
    await desk.sync({ types: ['distributor'] })
    expect(await differences(desk, gateway)).toEqual([])
  })

  it('is repaired at the start of the window, visibly, and not again', async () => {
    using place = temporaryFolder()
    await using gateway = await openPractice()
    {
      await using desk = await settledDesk(gateway, place)
      gateway.addFault({ kind: 'slow', delayMs: 300 })
      await crashIn(desk, 'asking')
    }
    await using desk = await openSyncDesk([practiceAccount(gateway)], place)
    await desk.service.repairAll(['account-1'])
    const { lastRuns, openRequests } = await desk.service.state('account-1')
    expect(openRequests).toBe(0)
    expect(lastRuns[0]).toMatchObject({ purpose: 'repair', outcome: 'understood', type: 'own' })
    expect(lastRuns[0]?.range).not.toBeNull()
    const callsAfter = gateway.calls().length
    await desk.service.repairAll(['account-1'])
    expect(gateway.calls()).toHaveLength(callsAfter)
  })
})
