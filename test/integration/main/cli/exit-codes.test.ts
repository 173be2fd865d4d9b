import '../../../support/plain-electron.ts'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { accountJson, commandLine, startInstallation, testPassphrase, upstream } from '../../../support/installation.ts'
import { MemoryKeychain, noKeychain } from '../../../support/memory-keychain.ts'

const add = ['account', 'add', '--json', '-']
const sync = ['sync', '--account', 'Main', '--type', 'own']

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/order`
}

describe('exit code 2, usage', () => {
  it.each([
    ['an unknown command', ['synk']],
    ['an unknown option', ['quota', '--account', 'A', '--fast']],
    ['no account', ['sync']],
    ['an export without its account', ['export', '--out', 'x.csv']],
  ])('for %s: one JSON line, the usage on standard error, nothing done', async (_what, words) => {
    const ran = await commandLine().run(words)
    expect(ran).toMatchObject({ exitCode: 2, line: { ok: false, error: { code: 'usage' } } })
    expect(ran.stdout.trimEnd()).not.toContain('\n')
    expect(ran.stderr).toContain('haoka-desk')
  })

  it.each<[string, string]>([
    ['no JSON', 'label=Main'],
    ['nothing', ''],
    ['a list', '[]'],
    ['an unknown name', '{"label":"A","key":"my-secret-key","token":"t","colour":"red"}'],
    ['no label', '{"key":"my-secret-key","token":"t"}'],
    ['no key', '{"label":"A","token":"my-secret-key"}'],
    ['a number for a text', '{"label":"A","key":123}'],
    ['a method that does not exist', '{"label":"A","key":"my-secret-key","token":"t","method":"PUT"}'],
  ])('for an account of %s, without repeating a value', async (_what, stdin) => {
    const ran = await commandLine().run(add, { stdin })
    expect(ran).toMatchObject({ exitCode: 2, line: { error: { code: 'usage' } } })
    expect(ran.stdout + ran.stderr).not.toContain('my-secret-key')
  })

  it('for an input that is too long', async () => {
    const ran = await commandLine().run(add, { stdin: `{"label":"${'A'.repeat(70_000)}"}` })
    expect(ran).toMatchObject({ exitCode: 2, line: { error: { code: 'usage' } } })
  })

  it('speaks the language of the system', async () => {
    const chinese = await commandLine({ systemLocale: 'zh-CN' }).run(['sync'])
    expect(chinese.line.error?.message).toContain('缺少 --account')
    const english = await commandLine({ systemLocale: 'en-GB' }).run(['sync'])
    expect(english.line.error?.message).toContain('--account is missing')
  })
})

describe('exit code 3, refused by the upstream', () => {
  it.each<[string, Record<string, string>, string]>([
    ['a wrong signature', { sk: 'wrong' }, 'unauthorised'],
    ['a wrong key', { key: 'wrong' }, 'unauthorised'],
  ])('for %s', async (_what, wrong, code) => {
    const gateway = await upstream({ orders: 20 })
    const cli = commandLine()
    await cli.run(add, { stdin: accountJson(gateway, wrong) })
    const ran = await cli.run(sync)
    expect(ran).toMatchObject({ exitCode: 3, line: { ok: false, error: { code } } })
    expect(ran.line['runs']).toMatchObject([{ type: 'own', outcome: 'refused', new: 0, error: { code } }])
  })
})

describe('exit code 4, quota used up', () => {
  it('when the upstream says so, and at once the next time, with nothing sent', async () => {
    const gateway = await upstream({ orders: 20, dailyLimit: 1 })
    const cli = commandLine()
    await cli.run(add, { stdin: gateway.json })
    expect((await cli.run(sync)).exitCode).toBe(0)
    const ran = await cli.run(sync)
    expect(ran).toMatchObject({ exitCode: 4, line: { ok: false, error: { code: 'quotaUsed' } } })
    const calls = gateway.calls().length
    expect((await cli.run(sync)).exitCode).toBe(4)
    expect(gateway.calls()).toHaveLength(calls)
  })
})

describe('exit code 5, network or timeout', () => {
  it('when nobody listens', async () => {
    const gateway = await upstream({ orders: 20 })
    const cli = commandLine()
    await cli.run(add, { stdin: gateway.json })
    await gateway.close()
    const ran = await cli.run(sync)
    expect(ran).toMatchObject({ exitCode: 5, line: { ok: false, error: { code: 'network' } } })
    expect(ran.line['runs']).toHaveLength(1)
  })

  it('when no answer comes in time', async () => {
    const gateway = await upstream({ orders: 20, faults: [{ kind: 'hang', times: 'always' }] })
    const cli = commandLine()
    await cli.run(add, { stdin: accountJson(gateway, { timeoutMs: 1_000 }) })
    const range = ['--from', '2025-01-01 00:00:00', '--to', '2025-01-01 00:30:00']
    expect(await cli.run([...sync, ...range])).toMatchObject({ exitCode: 5, line: { error: { code: 'timeout' } } })
  })
})

describe('exit code 6, done but some items unreadable', () => {
  it('is ok all the same', async () => {
    const order = { status: '已发货', name: '张三', mobile: '13800138000', create_time: '2025-11-24 10:00:00' }
    const numbered = [
      { order_no: '202511240001', ...order },
      { order_no: '202511240002', ...order },
    ]
    const reply = { code: 200, msg: 'ok', data: [...numbered, order] }
    const url = await listen(createServer((_request, response) => response.end(JSON.stringify(reply))))
    const cli = commandLine()
    await cli.run(add, { stdin: JSON.stringify({ label: 'Main', key: 'k', token: 't', gateway: url }) })
    const ran = await cli.run(sync)
    expect(ran).toMatchObject({ exitCode: 6, line: { ok: true } })
    expect(ran.line['runs']).toMatchObject([{ new: 2, unreadable: 1, outcome: 'understood' }])
  })
})

describe('exit code 1, anything else, with the remedy', () => {
  it.each([
    ['account add', add],
    ['sync', sync],
    ['export', ['export', '--account', 'Main', '--out', 'x.csv']],
    ['history', ['history', '--account', 'Main', '--order', '1']],
    ['quota', ['quota', '--account', 'Main']],
  ])('%s without the passphrase', async (_name, words) => {
    const gateway = await upstream({ orders: 20 })
    const cli = commandLine({ keychain: noKeychain(), passphrase: testPassphrase })
    await cli.run(add, { stdin: gateway.json })
    const stdin = accountJson(gateway, { label: 'Another' })
    const ran = await cli.run(words, { stdin, now: { passphrase: null } })
    expect(ran).toMatchObject({ exitCode: 1, line: { ok: false, error: { code: 'passphraseNeeded' } } })
    expect(ran.line.error?.message).toContain('HAOKA_PASSPHRASE')
  })

  it('a wrong passphrase', async () => {
    const gateway = await upstream({ orders: 20 })
    const cli = commandLine({ keychain: noKeychain(), passphrase: testPassphrase })
    await cli.run(add, { stdin: gateway.json })
    const ran = await cli.run(sync, { now: { passphrase: 'another passphrase' } })
    expect(ran).toMatchObject({ exitCode: 1, line: { error: { code: 'passphraseWrong' } } })
  })

  it('a keychain that changed', async () => {
    const gateway = await upstream({ orders: 20 })
    const cli = commandLine()
    expect((await cli.run(add, { stdin: gateway.json })).exitCode).toBe(0)
    const ran = await cli.run(sync, { now: { keychain: new MemoryKeychain() } })
    expect(ran).toMatchObject({ exitCode: 1, line: { error: { code: 'recoveryCodeNeeded' } } })
  })

  it.each([
    ['account add', add],
    ['account remove', ['account', 'remove', '--account', 'Main']],
    ['sync', sync],
    ['export', ['export', '--account', 'Main', '--out', 'x.csv']],
    ['quota', ['quota', '--account', 'Main']],
  ])('%s in a data folder that is in use', async (_name, words) => {
    const gateway = await upstream({ orders: 20 })
    const cli = commandLine()
    await cli.run(add, { stdin: gateway.json })
    const window = startInstallation({ folder: cli.folder, keychain: cli.keychain })
    onTestFinished(() => window.stop())
    await window.start()
    await window.databases.real()
    const ran = await cli.run(words, { stdin: accountJson(gateway, { label: 'Another' }) })
    expect(ran).toMatchObject({ exitCode: 1, line: { ok: false, error: { code: 'dataFolderInUse' } } })
    expect(ran.line.error?.message).toContain('--data-dir')
    expect(window.accounts.list().map(({ label }) => label)).toEqual(['Main'])
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['a label that exists', {}, 'accountLabelTaken'],
    ['a label that looks the same', { label: 'ｍａｉｎ' }, 'accountLabelTaken'],
    ['no login', { label: 'B', token: '' }, 'accountIncomplete'],
    ['a password without a name', { label: 'B', token: '', password: 'p' }, 'accountIncomplete'],
    ['plain http to another computer', { label: 'B', gateway: 'http://api.example.com/order' }, 'gatewayNotAllowed'],
    ['an address that is none', { label: 'B', gateway: 'api.example.com' }, 'gatewayNotAllowed'],
  ])('account add with %s', async (_what, more, code) => {
    const gateway = await upstream({ orders: 20 })
    const cli = commandLine()
    await cli.run(add, { stdin: gateway.json })
    const ran = await cli.run(add, { stdin: accountJson(gateway, more) })
    expect(ran).toMatchObject({ exitCode: 1, line: { ok: false, error: { code } } })
    expect((await cli.run(['account', 'list'])).line['accounts']).toHaveLength(1)
  })

  it.each([
    ['before its first call', 0, []],
    ['while its first type was asked', 1, [{ type: 'own', outcome: 'understood' }]],
  ])('a sync that was stopped %s, with what was done', async (_when, calls, runs) => {
    const stopped = new AbortController()
    if (calls === 0) stopped.abort()
    const url = await listen(
      createServer((_request, response) => {
        stopped.abort()
        response.end(JSON.stringify({ code: 200, msg: 'ok', data: [] }))
      }),
    )
    const cli = commandLine()
    await cli.run(add, { stdin: JSON.stringify({ label: 'Main', key: 'k', token: 't', gateway: url }) })
    const ran = await cli.run(['sync', '--account', 'Main', '--type', 'all'], { signal: stopped.signal })
    expect(ran).toMatchObject({ exitCode: 1, line: { ok: false, error: { code: 'cancelled' } } })
    if (calls > 0) expect(ran.line['runs']).toMatchObject(runs)
  })

  it('an account that does not exist, with the way to find the right one', async () => {
    const ran = await commandLine().run(sync)
    expect(ran).toMatchObject({ exitCode: 1, line: { error: { code: 'accountNotFound' } } })
    expect(ran.line.error?.message).toContain('account list')
  })
})
