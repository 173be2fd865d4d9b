import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { differences, openPractice, practiceAccount } from '../../../support/practice-desk.ts'
import { openSyncDesk, type SyncDesk } from '../../../support/sync-desk.ts'
import { testAbout } from '../../../support/upkeep.ts'

vi.setConfig({ testTimeout: 120_000 })

const types = ['own', 'distributor'] as const
const everything = { from: '2020-01-01 00:00:00', to: '2099-01-01 00:00:00' }

/** Lowers (or lifts) the size to which the running database process may make a file grow. */
function limitFileSize({ database }: SyncDesk, bytes: number | 'unlimited'): void {
  execFileSync('prlimit', [`--pid=${database.pid}`, `--fsize=${bytes}:unlimited`])
}

describe.runIf(process.platform === 'linux')('a disk without room', () => {
  /** From "nothing at all can be written" to "the reply fits and its merge does not". */
  it.each([0, 60_000, 200_000, 400_000])('beyond %i bytes fails the run plainly and loses nothing', async (bytes) => {
    await using gateway = await openPractice({ orders: 400 })
    await using desk = await openSyncDesk([practiceAccount(gateway)])
    await desk.sync({ types, range: everything })
    await desk.sync({ types })
    gateway.advance(72)
    limitFileSize(desk, bytes)
    const outcome = await desk.sync().then(
      ([run]) => ({ error: run?.error?.code ?? null, open: run?.outcome === 'open' }),
      (thrown: { code?: string }) => ({ error: thrown.code ?? null, open: false }),
    )
    expect([null, 'diskFull']).toContain(outcome.error)
    if (bytes < 100_000) expect(outcome.error).toBe('diskFull')
    limitFileSize(desk, 'unlimited')
    if (outcome.open) expect(await desk.openRequests()).toBe(1)
    await desk.sync({ types })
    expect(await desk.openRequests()).toBe(0)
    expect(await differences(desk, gateway)).toEqual([])
  })

  it.runIf(process.getuid?.() === 0)('that is a full file system does the same, and a backup says so', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'haoka-full-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder])
    try {
      await using gateway = await openPractice({ orders: 400 })
      await using desk = await openSyncDesk([practiceAccount(gateway)], { folder })
      await desk.sync({ types, range: everything })
      gateway.advance(48)
      const ballast = join(folder, 'ballast')
      fillUp(ballast)
      const file = join(folder, 'x.haoka-backup')
      const about = { file, about: testAbout, withReplies: true, unlessOrders: null }
      await expect(desk.database.call('backup.write', about)).rejects.toMatchObject({ code: 'diskFull' })
      await desk.sync({ types }).catch(() => undefined)
      rmSync(ballast)
      execFileSync('mount', ['-o', 'remount,size=80m', folder])
      await desk.sync({ types, range: everything })
      await desk.sync({ types })
      expect(await differences(desk, gateway)).toEqual([])
      expect(await desk.database.call('upkeep.check', {})).toEqual({ orders: 'good', replies: 'good' })
      expect(await desk.database.call('backup.write', about)).toMatchObject({ written: true })
    } finally {
      execFileSync('umount', [folder])
      rmSync(folder, { recursive: true })
    }
  })
})

/** Writes until nothing more fits. */
function fillUp(file: string): void {
  try {
    execFileSync('dd', ['if=/dev/zero', `of=${file}`, 'bs=4k'], { stdio: 'ignore' })
  } catch {
    // It ends with an error when the disk is full.
  }
}
