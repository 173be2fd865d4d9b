import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { runCommand, type Ran } from '../support/commands.ts'
import { readCsv } from '../support/csv.ts'
import { accountOf, orderNumbers, startUpstream } from '../support/upstream.ts'

const account = ['--account', '张三店']

interface CommandRun {
  type: string
  new: number
  unreadable: number
}

function newOrders(ran: Ran): number {
  return (ran.answer['runs'] as CommandRun[]).reduce((sum, run) => sum + run.new, 0)
}

describe('without a window', () => {
  it('adds an account, syncs it, exports it, tells an order’s history and the quota', async () => {
    const upstream = await startUpstream()
    const dataDir = temporaryFolder()
    const run = (args: string[], stdin?: string): Promise<Ran> =>
      runCommand(args, stdin === undefined ? { dataDir } : { dataDir, stdin })

    const added = await run(['account', 'add', '--json', '-'], JSON.stringify(accountOf(upstream)))
    expect(added).toMatchObject({ code: 0, answer: { ok: true, account: { label: '张三店' } } })
    expect(added.stdout).not.toContain(upstream.credentials.key)
    const listed = await run(['account', 'list'])
    expect(listed.answer).toMatchObject({ ok: true, accounts: [{ label: '张三店', secrets: { key: true, sk: true } }] })

    const synced = await run(['sync', ...account, '--type', 'all', '--channel', 'sync'])
    const truth = upstream.truth()
    expect(synced).toMatchObject({ code: 0, answer: { ok: true } })
    expect(newOrders(synced)).toBe(truth.length)

    const file = join(dataDir, 'all.csv')
    const exported = await run(['export', ...account, '--out', file])
    expect(exported).toMatchObject({ code: 0, answer: { ok: true, rows: truth.length, file } })
    const csv = readCsv(file)
    expect(csv.rows.map((row) => row['订单号']).sort()).toEqual(orderNumbers(truth))
    const own = await run(['export', ...account, '--out', join(dataDir, 'own.csv'), '--type=own'])
    expect(own.answer['rows']).toBe(truth.filter((order) => order.type === 'own').length)

    const order = truth.find((each) => each.changes.length > 0)!
    const history = await run(['history', ...account, '--order', order.orderNo])
    expect(history).toMatchObject({ code: 0, answer: { ok: true, order: { orderNo: order.orderNo } } })

    const quota = await run(['quota', ...account])
    expect(quota.answer).toMatchObject({ ok: true, used: upstream.calls().length, limit: 10_000 })
    expect(quota.answer['resetsAt']).toMatch(/ 00:00:00$/)

    expect(await run(['account', 'remove', ...account])).toMatchObject({ code: 0, answer: { ok: true, removed: true } })
    expect((await run(['account', 'list'])).answer['accounts']).toEqual([])
  })

  it('refuses a label that is taken, and a command that makes no sense', async () => {
    const upstream = await startUpstream({ orders: 5 })
    const dataDir = temporaryFolder()
    const stdin = JSON.stringify(accountOf(upstream))
    await runCommand(['account', 'add', '--json', '-'], { dataDir, stdin })
    const again = await runCommand(['account', 'add', '--json', '-'], { dataDir, stdin })
    expect(again).toMatchObject({ code: 1, answer: { ok: false, error: { code: 'accountLabelTaken' } } })
    const odd = await runCommand(['sync', '--acount', 'x'], { dataDir })
    expect(odd).toMatchObject({ code: 2, answer: { ok: false, error: { code: 'usage' } } })
  })

  it.each([
    ['the upstream refuses the key', { kind: 'refuse', code: 403, msg: '无权限' }, 3, 'unauthorised'],
    ['the quota is used up', { kind: 'refuse', code: 403, msg: '今日调用次数已达上限' }, 4, 'quotaUsed'],
  ] as const)('ends with its own exit code when %s', async (_what, fault, code, error) => {
    const upstream = await startUpstream({ orders: 5 })
    upstream.addFault({ ...fault, times: 'always' })
    const dataDir = temporaryFolder()
    const stdin = JSON.stringify(accountOf(upstream))
    await runCommand(['account', 'add', '--json', '-'], { dataDir, stdin })
    const synced = await runCommand(['sync', ...account, '--type', 'own', '--channel', 'sync'], { dataDir })
    expect(synced).toMatchObject({ code, answer: { ok: false, error: { code: error }, runs: [{ type: 'own' }] } })
  })

  it('ends with 5 when the upstream is not there', async () => {
    const upstream = await startUpstream({ orders: 5 })
    const dataDir = temporaryFolder()
    const stdin = JSON.stringify(accountOf(upstream))
    await runCommand(['account', 'add', '--json', '-'], { dataDir, stdin })
    await upstream.close()
    const synced = await runCommand(['sync', ...account, '--type', 'own', '--channel', 'sync'], { dataDir })
    expect(synced).toMatchObject({ code: 5, answer: { ok: false, error: { code: 'network' } } })
  })
})
