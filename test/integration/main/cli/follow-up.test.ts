import '../../../support/plain-electron.ts'
import { describe, expect, it } from 'vitest'
import { dayMs, toBeijing } from '#domain/beijing-time.ts'
import { commandLine, upstream } from '../../../support/installation.ts'

const words = (command: string): string[] => [...command.split(' '), '--account', 'Main']

/** An account on a practice world without late changes by itself, with its last 60 days read. */
async function readOnce() {
  const gateway = await upstream({ historyDays: 50, speed: 0 })
  const cli = commandLine()
  await cli.run(['account', 'add', '--json', '-'], { stdin: gateway.json })
  const range = ['--from', toBeijing(Date.now() - 60 * dayMs), '--to', toBeijing(Date.now())]
  await cli.run([...words('sync'), ...range])
  return { gateway, cli }
}

describe('follow-up', () => {
  it('plans without asking, then asks what it planned, and brings the late changes', async () => {
    const { gateway, cli } = await readOnce()
    const plan = await cli.run([...words('follow-up'), '--plan'])
    expect(plan).toMatchObject({ exitCode: 0, line: { ok: true, on: true } })
    expect(plan.line).toMatchObject({ callsLeft: 1_000, lastRoundAt: null })
    expect(Number(plan.line['daily']) + Number(plan.line['weekly'])).toBeGreaterThan(50)
    expect(plan.line['nextAt']).toMatch(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/)
    const calls = Number(plan.line['callsOfAll'])
    expect(calls).toBeGreaterThan(0)
    const asked = await cli.run(words('follow-up'))
    const requests = (asked.line['runs'] as { requests: number }[]).map((run) => run.requests)
    expect(requests.reduce((sum, count) => sum + count, 0)).toBe(calls)
    gateway.advance(5 * 24)
    const ran = await cli.run(words('follow-up'))
    expect(ran).toMatchObject({ exitCode: 0, line: { ok: true } })
    const runs = ran.line['runs'] as { type: string; changed: number; outcome: string }[]
    expect(runs.map(({ type, outcome }) => [type, outcome])).toEqual([
      ['own', 'understood'],
      ['distributor', 'understood'],
    ])
    expect(runs.reduce((sum, { changed }) => sum + changed, 0)).toBeGreaterThan(10)
  })

  it('of an account that is not there is an error, and so is an option it does not know', async () => {
    const cli = commandLine()
    expect(await cli.run(words('follow-up'))).toMatchObject({
      exitCode: 1,
      line: { error: { code: 'accountNotFound' } },
    })
    expect(await cli.run([...words('follow-up'), '--all'])).toMatchObject({ exitCode: 2, line: { ok: false } })
  })
})

describe('reconcile', () => {
  it('tells what the sync had missed, with the runs it made', async () => {
    const { gateway, cli } = await readOnce()
    gateway.advance(12 * 24)
    const ran = await cli.run(words('reconcile'))
    expect(ran).toMatchObject({ exitCode: 0, line: { ok: true, missed: { gone: 0 } } })
    const missed = ran.line['missed'] as { at: string; new: number; changed: number; orders: { kind: string }[] }
    expect(missed.changed).toBeGreaterThan(0)
    expect(missed.orders).toHaveLength(missed.new + missed.changed)
    expect(missed.orders[0]).toEqual({
      kind: expect.stringMatching(/new|changed/),
      type: expect.any(String),
      orderNo: expect.any(String),
      stage: expect.any(String),
    })
    expect((ran.line['runs'] as object[]).length).toBeGreaterThanOrEqual(4)
  })

  it('says 4 where the quota is used up, with the runs beside the error', async () => {
    const { gateway, cli } = await readOnce()
    gateway.set({ dailyLimit: 1 })
    const ran = await cli.run(words('reconcile'))
    expect(ran).toMatchObject({ exitCode: 4, line: { ok: false, error: { code: 'quotaUsed' } } })
    expect(ran.line['runs']).not.toEqual([])
  })
})
