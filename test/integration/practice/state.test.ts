import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dayMs } from '#practice/beijing.ts'
import { type PracticeGateway, type PracticeOptions, startPracticeGateway } from '#practice/gateway.ts'
import { ask } from './ask.ts'

let folder = ''
let statePath = ''
let realMs = 0
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'practice-'))
  statePath = join(folder, 'deep', 'gateway.json')
  realMs = Date.parse('2024-09-01T04:00:00Z')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Runs a gateway on the state file, does something with it, and closes it. */
async function run<T>(act: (gateway: PracticeGateway) => Promise<T> | T, options: PracticeOptions = {}): Promise<T> {
  const clock = { now: () => realMs }
  const gateway = await startPracticeGateway({ orders: 500, minIntervalMs: 0, statePath, clock, ...options })
  try {
    return await act(gateway)
  } finally {
    await gateway.close()
  }
}

describe('the state file', () => {
  it('keeps what was delivered over a restart', async () => {
    expect((await run((gateway) => ask(gateway))).rows.length).toBeGreaterThan(5)
    expect((await run((gateway) => ask(gateway))).rows).toEqual([])
    expect((await run((gateway) => ask(gateway, { type: 2 }))).rows.length).toBeGreaterThan(1)
  })

  it('keeps the mark of a reply that was cut off before the gateway died', async () => {
    await run((gateway) => {
      gateway.addFault({ kind: 'cut' })
      return ask(gateway).catch(() => null)
    })
    expect((await run((gateway) => ask(gateway))).rows).toEqual([])
  })

  it('lets time go on while nothing runs, advanced hours included', async () => {
    const before = await run((gateway) => {
      gateway.advance(48)
      return ask(gateway).then(() => ({ nowMs: gateway.now(), truth: gateway.truth() }))
    })
    realMs += dayMs
    await run(async (gateway) => {
      expect(gateway.now()).toBe(before.nowMs + dayMs)
      const changed = (await ask(gateway)).rows
      expect(changed.length).toBeGreaterThan(3)
      expect(gateway.truth().length).toBeGreaterThan(before.truth.length)
      const numbers = new Set(gateway.truth().map((order) => order.orderNo))
      for (const order of before.truth) expect(numbers).toContain(order.orderNo)
    })
  })

  it('goes on at the new speed from the restart, not from the beginning', async () => {
    const firstMs = await run((gateway) => gateway.now(), { speed: 10 })
    realMs += 1_000
    await run(
      (gateway) => {
        expect(gateway.now()).toBe(firstMs + 10_000)
        realMs += 1_000
        expect(gateway.now()).toBe(firstMs + 110_000)
      },
      { speed: 100 },
    )
  })

  it('keeps the day’s count', async () => {
    await run((gateway) => ask(gateway), { dailyLimit: 1 })
    expect(await run((gateway) => ask(gateway), { dailyLimit: 1 })).toMatchObject({ code: 403 })
  })

  it('keeps the credentials, which come from the seed', async () => {
    expect(await run((gateway) => gateway.credentials)).toEqual(await run((gateway) => gateway.credentials))
  })

  it('holds no credential and leaves no half-written file', async () => {
    const note = async (gateway: PracticeGateway): Promise<void> => {
      await ask(gateway)
      const text = readFileSync(statePath, 'utf8')
      for (const secret of Object.values(gateway.credentials)) expect(text).not.toContain(secret)
    }
    await run(note, { name: 'shop-login' })
    expect(readdirSync(join(folder, 'deep'))).toEqual(['gateway.json'])
  })

  it.each(['', '{"version":1', '{"version":9}', '[]'])(
    'is set aside when it reads %j, and practice begins anew',
    async (text) => {
      await run(() => {})
      writeFileSync(statePath, text)
      expect((await run((gateway) => ask(gateway))).rows.length).toBeGreaterThan(5)
      expect(existsSync(`${statePath}.unreadable-${realMs}`)).toBe(true)
    },
  )

  it('of another world is not taken up', async () => {
    await run((gateway) => ask(gateway))
    expect((await run((gateway) => ask(gateway), { seed: 2 })).rows.length).toBeGreaterThan(5)
  })
})
