import '../../../support/plain-electron.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { dayMs } from '#domain/beijing-time.ts'
import type { Account } from '#shared/contract/accounts.ts'
import type { PracticeGateway } from '#practice/gateway.ts'
import { readCsv } from '../../../support/csv.ts'
import { accountJson, commandLine, upstream, type Ran } from '../../../support/installation.ts'
import { noKeychain } from '../../../support/memory-keychain.ts'
import { readXlsx, shownTexts } from '../../../support/xlsx.ts'

interface PrintedRun {
  type: string
  received: number
  new: number
  changed: number
  outcome: string
}
interface PrintedChange {
  axis: string
  from: string | null
  to: string
  seenAt: string
  upstreamAt: string | null
}

const syncWords = ['sync', '--account', 'Main', '--type', 'all', '--channel', 'sync']
const runsOf = (ran: Ran): PrintedRun[] => ran.line['runs'] as PrintedRun[]
const sum = (runs: PrintedRun[], field: 'received' | 'new' | 'changed'): number =>
  runs.reduce((total, run) => total + run[field], 0)

/** Adds the account and syncs all of the gateway's orders into a fresh data folder. */
async function synced(gateway: PracticeGateway) {
  const cli = commandLine()
  await cli.run(['account', 'add', '--json', '-'], { stdin: accountJson(gateway) })
  await cli.run(syncWords)
  return cli
}

function csvOf(folder: string, file: string): Record<string, string>[] {
  return parse(readFileSync(join(folder, file)), { bom: true, columns: true }) as Record<string, string>[]
}

describe('account add, list and remove', () => {
  it('take an account in and let it go again, and never say a secret', async () => {
    const gateway = await upstream()
    const cli = commandLine()
    const added = await cli.run(['account', 'add', '--json', '-'], { stdin: gateway.json })
    expect(added).toMatchObject({ exitCode: 0, line: { ok: true } })
    const account = added.line['account'] as Account
    expect(account).toMatchObject({ label: 'Main', practice: false, types: ['own', 'distributor'], timeoutMs: 60_000 })
    expect(account.secrets).toMatchObject({ key: true, token: true, password: false })
    const listed = await cli.run(['account', 'list'])
    expect(listed.line).toEqual({ ok: true, accounts: [account] })
    const { key, token, sk } = gateway.credentials
    for (const secret of [key, token, sk!]) expect(added.stdout + added.stderr + listed.stdout).not.toContain(secret)
    expect(await cli.run(['account', 'remove', '--account', 'ｍａｉｎ'])).toMatchObject({
      exitCode: 0,
      line: { ok: true, removed: true },
    })
    expect((await cli.run(['account', 'list'])).line).toEqual({ ok: true, accounts: [] })
  })

  it('list and help ask for no passphrase', async () => {
    const cli = commandLine({ keychain: noKeychain() })
    expect(await cli.run(['account', 'list'])).toMatchObject({ exitCode: 0, line: { ok: true, accounts: [] } })
    expect(await cli.run(['help'])).toMatchObject({ exitCode: 0, line: { ok: true } })
  })

  it('take a JSON that PowerShell put a byte order mark before', async () => {
    const gateway = await upstream()
    const cli = commandLine()
    expect(await cli.run(['account', 'add', '--json', '-'], { stdin: `\uFEFF${gateway.json}\r\n` })).toMatchObject({
      exitCode: 0,
    })
  })

  it('take the line that the practice upstream prints, with a label', async () => {
    const gateway = await upstream()
    const line = { ...(JSON.parse(gateway.json) as object), control: { url: gateway.controlUrl, token: 'x' } }
    const added = await commandLine().run(['account', 'add', '--json', '-'], { stdin: JSON.stringify(line) })
    expect(added).toMatchObject({ exitCode: 0, line: { ok: true } })
  })

  it('forget the orders with the account where that is asked for', async () => {
    const gateway = await upstream({ orders: 50, historyDays: 5 })
    const cli = await synced(gateway)
    await cli.run(['account', 'remove', '--account', 'Main', '--with-data'])
    await cli.run(['account', 'add', '--json', '-'], { stdin: gateway.json })
    expect((await cli.run(['export', '--account', 'Main', '--out', 'x.csv'])).line).toMatchObject({ rows: 0 })
    // The calls of the key stay counted.
    expect((await cli.run(['quota', '--account', 'Main'])).line['used']).toBe(2)
  })
})

describe('sync', () => {
  it('brings every order once, then nothing new', async () => {
    const gateway = await upstream({ historyDays: 5, speed: 0 })
    const cli = commandLine()
    await cli.run(['account', 'add', '--json', '-'], { stdin: gateway.json })
    const first = await cli.run(syncWords)
    expect(first.exitCode).toBe(0)
    expect(runsOf(first).map(({ type }) => type)).toEqual(['own', 'distributor'])
    expect(sum(runsOf(first), 'new')).toBe(gateway.truth().length)
    expect(Object.keys(runsOf(first)[0]!)).toEqual(
      'type,channel,requests,received,new,changed,unchanged,unreadable,outcome,said,error'.split(','),
    )
    const second = await cli.run(syncWords)
    expect(second).toMatchObject({ exitCode: 0, line: { ok: true } })
    expect(sum(runsOf(second), 'new')).toBe(0)
  })

  it('reads a range, of one type', async () => {
    const gateway = await upstream({ historyDays: 100, speed: 0 })
    const cli = commandLine()
    await cli.run(['account', 'add', '--json', '-'], { stdin: gateway.json })
    const range = ['--from', '2020-01-01 00:00:00', '--to', '2035-12-31 23:59:59']
    const ran = await cli.run(['sync', '--account', 'Main', '--type', 'own', ...range])
    expect(ran.exitCode).toBe(0)
    expect(runsOf(ran).map(({ type }) => type)).toEqual(['own'])
    expect(sum(runsOf(ran), 'new')).toBe(gateway.truth().filter(({ type }) => type === 'own').length)
  })
})

describe('export', () => {
  it('writes every order of the account for Excel', async () => {
    const gateway = await upstream({ historyDays: 5, speed: 0 })
    const cli = await synced(gateway)
    const ran = await cli.run(['export', '--account', 'Main', '--out', 'orders.csv'])
    const file = join(cli.folder, 'orders.csv')
    expect(ran).toMatchObject({ exitCode: 0, line: { ok: true, rows: gateway.truth().length, file } })
    expect(readFileSync(file, 'utf8')).toMatch(/^\uFEFF订单号,下单时间,套餐,姓名,/)
    expect(csvOf(cli.folder, 'orders.csv')).toHaveLength(gateway.truth().length)
  })

  it.each<[string, string, (order: { stage: string; status: string | null | undefined }) => boolean]>([
    ['a stage by its id', 'shipped', ({ stage }) => stage === 'shipped'],
    ["the upstream's own word, though it is a stage's word too", '已发货', ({ status }) => status === '已发货'],
    ['a stage by its word in the other language', 'Activated', ({ stage }) => stage === 'activated'],
    ['a word that nothing carries', '没有这种状态', () => false],
  ])('chooses by %s', async (_what, status, matches) => {
    const gateway = await upstream({ historyDays: 6, orders: 100, speed: 0, nowMs: Date.now() - 20 * dayMs })
    gateway.advance(20 * 24)
    const cli = await synced(gateway)
    const range = ['--from', '2020-01-01 00:00:00', '--to', '2035-12-31 23:59:59']
    await cli.run([...syncWords, ...range])
    const expected = gateway
      .truth()
      .filter(({ stage, axes }) => matches({ stage, status: axes.production?.word }))
      .map(({ orderNo }) => orderNo)
    const ran = await cli.run(['export', '--account', 'Main', '--out', 'x.csv', '--status', status])
    expect(ran.line).toMatchObject({ ok: true, rows: expected.length })
    if (status !== '没有这种状态') expect(expected.length).toBeGreaterThan(0)
    const written = csvOf(cli.folder, 'x.csv').map((row) => row['订单号']!.replace(/^="(.*)"$/, '$1'))
    expect(written.toSorted()).toEqual(expected.toSorted())
  })

  it('chooses by type and time', async () => {
    const gateway = await upstream({ historyDays: 5, speed: 0 })
    const cli = await synced(gateway)
    const own = gateway.truth().filter(({ type }) => type === 'own')
    const middle = own.map(({ fields }) => fields.createdAt!).toSorted()[Math.floor(own.length / 2)]!
    const expected = own.filter(({ fields }) => fields.createdAt! >= middle).length
    const ran = await cli.run(['export', '--account', 'Main', '--out', 'x.csv', '--type', 'own', '--from', middle])
    expect(ran.line).toMatchObject({ rows: expected })
  })

  it('says so when the folder is not there', async () => {
    const gateway = await upstream({ orders: 20 })
    const cli = await synced(gateway)
    const ran = await cli.run(['export', '--account', 'Main', '--out', 'no/such/folder/x.csv'])
    expect(ran).toMatchObject({ exitCode: 1, line: { ok: false, error: { code: 'folderGone' } } })
  })

  it('writes a workbook, or GBK between semicolons, masked, in chosen columns, with the changes', async () => {
    const gateway = await upstream({ historyDays: 5, orders: 60, speed: 0 })
    const cli = await synced(gateway)
    const orders = gateway.truth().length
    const words = ['export', '--account', 'Main', '--columns', '订单号,phone', '--masked', '--history']
    const book = await cli.run([...words, '--out', 'orders.xlsx'])
    expect(book.line).toMatchObject({ ok: true, rows: orders, shortened: 0 })
    const [sheet, history] = readXlsx(join(cli.folder, 'orders.xlsx'))
    expect(shownTexts(sheet!)[0]).toEqual(['订单号', '手机号'])
    expect(shownTexts(sheet!)).toHaveLength(orders + 1)
    expect(shownTexts(history!)).toHaveLength(Number(book.line['changes']) + 1)

    const file = join(cli.folder, 'orders.csv')
    const plain = await cli.run([...words, '--out', 'orders.csv', '--encoding', 'gbk', '--delimiter', 'semicolon'])
    const historyFile = join(cli.folder, 'orders-变动.csv')
    expect(plain.line).toMatchObject({ ok: true, rows: orders, file, historyFile, outsideGbk: 0 })
    const { header, rows } = readCsv(file, { encoding: 'gb18030', delimiter: ';' })
    expect(header).toEqual(['订单号', '手机号'])
    expect(rows.every((row) => row['手机号'] === '' || row['手机号']?.includes('*'))).toBe(true)
    expect(readCsv(historyFile, { encoding: 'gb18030', delimiter: ';' }).rows).toHaveLength(
      Number(plain.line['changes']),
    )
  })
})

describe('history', () => {
  it("shows what changed when, in the upstream's own words, oldest first", async () => {
    const gateway = await upstream({ historyDays: 5, orders: 100, speed: 0, nowMs: Date.now() - 2 * dayMs })
    const cli = await synced(gateway)
    const before = new Map(gateway.truth().map((order) => [order.orderNo, order.axes.production]))
    gateway.advance(48)
    await cli.run(syncWords)
    const moved = gateway.truth().find((order) => {
      const was = before.get(order.orderNo)
      return was !== undefined && was?.word !== order.axes.production?.word
    })!
    const ran = await cli.run(['history', '--account', 'Main', '--order', moved.orderNo])
    expect(ran).toMatchObject({
      exitCode: 0,
      line: { ok: true, order: { orderNo: moved.orderNo, type: moved.type, stage: moved.stage } },
    })
    const changes = (ran.line['changes'] as PrintedChange[]).filter(({ axis }) => axis === 'production')
    expect(changes.map(({ from, to }) => [from, to])).toEqual([
      [null, before.get(moved.orderNo)!.word],
      [before.get(moved.orderNo)!.word, moved.axes.production!.word],
    ])
    for (const { seenAt } of changes) expect(seenAt).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
  })

  it('says so when there is no such order', async () => {
    const gateway = await upstream({ orders: 20 })
    const cli = await synced(gateway)
    expect(await cli.run(['history', '--account', 'Main', '--order', 'nothing'])).toMatchObject({
      exitCode: 1,
      line: { ok: false, error: { code: 'orderNotFound' } },
    })
  })
})

describe('quota', () => {
  it('counts every call of the key, and when the count begins anew', async () => {
    const gateway = await upstream({ orders: 20 })
    const cli = await synced(gateway)
    const ran = await cli.run(['quota', '--account', 'Main'])
    expect(ran.line).toEqual({ ok: true, used: gateway.calls().length, limit: 10_000, resetsAt: expect.any(String) })
    expect(ran.line['resetsAt']).toMatch(/ 00:00:00$/)
  })
})

describe('the commands that only read', () => {
  it('ask the upstream nothing, though a request is open', async () => {
    const gateway = await upstream({ orders: 20 })
    const cli = await synced(gateway)
    gateway.addFault({ kind: 'cut', times: 'always' })
    expect((await cli.run(syncWords)).exitCode).toBe(5)
    const calls = gateway.calls().length
    await cli.run(['export', '--account', 'Main', '--out', 'x.csv'])
    await cli.run(['history', '--account', 'Main', '--order', gateway.truth()[0]!.orderNo])
    await cli.run(['quota', '--account', 'Main'])
    expect(gateway.calls()).toHaveLength(calls)
  })
})
