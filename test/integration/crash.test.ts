import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { openConnection } from '#database/connection.ts'
import { ordersMigrations } from '#database/migrations/orders/index.ts'
import { allOrders } from '#shared/contract/order-filter.ts'
import { canStarve } from '../../scripts/crash/full-disk.ts'
import { killPoints } from '../../scripts/crash/kill-point.ts'
import { ageFiles } from '../../scripts/crash/older-schema.ts'
import { openTestDatabase, testKey } from '../support/database.ts'
import { account, elements, pull } from '../support/sync-steps.ts'

const script = join(import.meta.dirname, '..', '..', 'scripts', 'crash.ts')

/** Numbers of processes of this campaign that still run, where the system tells. */
function leftBehind(): string[] {
  if (process.platform !== 'linux') return []
  const numbers = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return numbers.filter((pid) => environmentOf(pid).includes(`CRASH_TEST=${process.pid}\0`))
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8')
  } catch {
    return ''
  }
}

const options = { timeout: 300_000, retry: 0 }

describe('a crash campaign', () => {
  // Never tried again: what one campaign has lost is lost, however well the next one goes.
  it('loses, doubles and mistakes nothing in 40 rounds, and leaves no process behind', options, async () => {
    const child = spawn(process.execPath, [script, '--rounds', '40', '--seed', '60'], {
      env: { ...process.env, CRASH_TEST: String(process.pid) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const closed = new Promise<number | null>((resolve) => child.once('close', resolve))
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
    expect(await closed, stderr).toBe(0)
    const result = JSON.parse(stdout) as { killed: number }
    expect(stdout.trim().split('\n')).toHaveLength(1)
    expect(result).toEqual({ rounds: 40, killed: expect.any(Number), lost: 0, duplicated: 0, wrong: 0 })
    expect(result.killed).toBeGreaterThanOrEqual(35)
    for (const { name } of killPoints)
      if (name !== 'fullDisk') expect(stderr).toMatch(new RegExp(`killed at:.* ${name} \\d`))
    expect(stderr).toMatch(/killed: app \d+, both \d+, database \d+/)
    if (canStarve()) expect(stderr).toMatch(/runs stopped by a full disk [1-9]/)
    expect(leftBehind()).toEqual([])
  })

  it.each([
    ['--rounds', 'none'],
    ['--rounds', '-1'],
    ['--seed', '1.5'],
    ['--round', '1'],
  ])('refuses %s %s', async (...args) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    const closed = new Promise<number | null>((resolve) => child.once('close', resolve))
    expect(await text(child.stdout)).toBe('')
    expect(await closed).toBe(1)
  })
})

it('a data folder put back to an older schema opens with the same orders', async () => {
  await using database = await openTestDatabase()
  await pull(database, elements(30))
  await database.close()
  await ageFiles(database.folder, testKey, () => 0)
  const aged = await openConnection(join(database.folder, 'orders.db'), testKey, () => undefined)
  expect(aged.column('SELECT number FROM migrations')).toEqual([1])
  aged.close()
  await using again = await openTestDatabase({ folder: database.folder })
  const filter = allOrders(account)
  expect(await again.call('orders.counts', filter)).toMatchObject({ total: 30 })
  expect(readdirSync(database.folder)).toContain('orders.db.before-0002')
  await again.close()
  const migrated = await openConnection(join(database.folder, 'orders.db'), testKey, () => undefined)
  expect(migrated.column('SELECT number FROM migrations')).toEqual(ordersMigrations.map(({ number }) => number))
  migrated.close()
})
