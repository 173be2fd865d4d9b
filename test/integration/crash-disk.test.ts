import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { PracticeGateway } from '#practice/gateway.ts'
import type { SyncProgress } from '#shared/contract/sync.ts'
import { AppError } from '#shared/errors.ts'
import { allOrders } from '#shared/contract/order-filter.ts'
import { canMount, limitFileSize, mountFailingDisk, mountSmallDisk } from '../support/full-disk.ts'
import { differences, openPractice, practiceAccount } from '../support/practice-desk.ts'
import { openSyncDesk, type SyncDesk } from '../support/sync-desk.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const types = ['own', 'distributor'] as const
const everything = { from: '2020-01-01 00:00:00', to: '2099-01-01 00:00:00' }

/** A desk that knows the whole world, which then lived on for two days. */
async function settledDesk(gateway: PracticeGateway, folder: string): Promise<SyncDesk> {
  const desk = await openSyncDesk([practiceAccount(gateway)], { folder })
  await desk.sync({ types, range: everything })
  await desk.sync({ types })
  expect(await differences(desk, gateway)).toEqual([])
  gateway.advance(48)
  return desk
}

/** Starts an incremental sync, lets something happen in that phase of it, and returns the code it failed with. */
async function failing(desk: SyncDesk, phase: SyncProgress['phase'], happen: () => void): Promise<string | null> {
  let happened = false
  const progress = (now: SyncProgress): void => {
    if (now.phase !== phase || happened) return
    happened = true
    happen()
  }
  const request = { accountId: 'account-1', types: ['own'], channel: 'sync', range: null } as const
  try {
    const [run] = await desk.service.start(request, { progress })
    return run?.error?.code ?? null
  } catch (thrown) {
    return thrown instanceof AppError ? thrown.code : String(thrown)
  }
}

async function expectRepaired(desk: SyncDesk, gateway: PracticeGateway): Promise<void> {
  const runs = await desk.sync({ types })
  expect(runs.map(({ outcome }) => outcome)).toEqual(runs.map(() => 'understood'))
  expect(await differences(desk, gateway)).toEqual([])
  expect(await desk.openRequests()).toBe(0)
}

const phases = [
  ['before the call leaves', 'waiting'],
  ['while the reply is awaited', 'asking'],
  ['while the reply is coming in', 'receiving'],
  ['while the reply is merged', 'merging'],
] as const

describe.runIf(process.platform === 'linux')('a disk that runs full', () => {
  it.each(phases)('%s fails the sync as diskFull, and the same app repairs it once there is room', async (_, phase) => {
    await using gateway = await openPractice()
    await using desk = await settledDesk(gateway, temporaryFolder())
    const full = () => limitFileSize(desk.database.pid, 4_096)
    expect(await failing(desk, phase, full)).toBe('diskFull')
    limitFileSize(desk.database.pid, 'unlimited')
    await expectRepaired(desk, gateway)
  })

  it('fails every sync until there is room, and asks the upstream nothing meanwhile', async () => {
    await using gateway = await openPractice()
    await using desk = await settledDesk(gateway, temporaryFolder())
    limitFileSize(desk.database.pid, 4_096)
    const before = gateway.calls().length
    for (let n = 0; n < 3; n += 1) await expect(desk.sync({ types })).rejects.toMatchObject({ code: 'diskFull' })
    expect(gateway.calls()).toHaveLength(before)
    limitFileSize(desk.database.pid, 'unlimited')
    await expectRepaired(desk, gateway)
  })
})

describe.runIf(canMount)('a full file system', () => {
  it('fails the sync as diskFull, a new start too, and loses nothing', async () => {
    using disk = mountSmallDisk(12)
    const folder = join(disk.folder, 'data')
    await using gateway = await openPractice()
    {
      await using desk = await settledDesk(gateway, folder)
      expect(await failing(desk, 'asking', disk.fill)).toBe('diskFull')
      await desk.database.crash()
    }
    const whileFull = openSyncDesk([practiceAccount(gateway)], { folder })
    await expect(whileFull).rejects.toMatchObject({ code: 'diskFull' })
    disk.free()
    await using desk = await openSyncDesk([practiceAccount(gateway)], { folder })
    await expectRepaired(desk, gateway)
  })

  it('fails an export as diskFull and leaves nothing of it', async () => {
    using disk = mountSmallDisk(1)
    await using gateway = await openPractice()
    await using desk = await settledDesk(gateway, temporaryFolder())
    disk.fill()
    const file = join(disk.folder, 'orders.csv')
    const filter = allOrders('account-1')
    const words = { columns: {}, stages: {}, types: {} }
    const sort = { column: 'orderNo', descending: false } as const
    const input = { filter, sort, columns: ['orderNo' as const], plain: false, words, accountLabel: 'x', file }
    await expect(desk.database.call('exports.write', input)).rejects.toMatchObject({ code: 'diskFull' })
    expect(readdirSync(disk.folder)).toEqual(['filler'])
    disk.free()
    await desk.database.call('exports.write', input)
    expect(existsSync(file)).toBe(true)
  })
})

describe.runIf(canMount)('a disk with input/output errors', () => {
  it('fails the sync in words of its own and loses nothing', async (context) => {
    using disk = mountFailingDisk(6)
    if (disk === null) return context.skip('no loop devices here')
    const folder = join(disk.folder, 'data')
    await using gateway = await openPractice()
    {
      await using desk = await settledDesk(gateway, folder)
      let code: string | null = null
      for (let n = 0; n < 100 && code === null; n += 1) {
        const run = await desk.sync({ types, range: everything }).catch((thrown: AppError) => [{ error: thrown }])
        code = run.find(({ error }) => error !== null)?.error?.code ?? null
        gateway.advance(24)
      }
      expect(code).toBe('diskFailing')
      disk.mend()
      await expectRepaired(desk, gateway)
      await desk.database.crash()
    }
    await using desk = await openSyncDesk([practiceAccount(gateway)], { folder })
    await expectRepaired(desk, gateway)
  })
})
