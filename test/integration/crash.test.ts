import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { openConnection } from '#database/connection.ts'
import { ordersMigrations } from '#database/migrations/orders/index.ts'
import { allOrders } from '#shared/contract/order-filter.ts'
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

describe('a crash campaign', () => {
  // Seed 60 begins with kills during and before the commit, in a migration, at both ends of an export and in a reply.
  it('loses, doubles and mistakes nothing, and leaves no process behind', { timeout: 120_000 }, async () => {
    const child = spawn(process.execPath, [script, '--rounds', '6', '--seed', '60'], {
      env: { ...process.env, CRASH_TEST: String(process.pid) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const closed = new Promise<number | null>((resolve) => child.once('close', resolve))
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
    expect(await closed, stderr).toBe(0)
    const result = JSON.parse(stdout) as { killed: number }
    expect(stdout.trim().split('\n')).toHaveLength(1)
    expect(result).toEqual({ rounds: 6, killed: expect.any(Number), lost: 0, duplicated: 0, wrong: 0 })
    expect(result.killed).toBeGreaterThanOrEqual(5)
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
