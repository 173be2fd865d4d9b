import '../../support/plain-electron.ts'
import { request } from 'node:http'
import { connect } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { ReceiverState } from '#shared/contract/receiver.ts'
import {
  accountJson,
  commandLine,
  practiceIn,
  startInstallation,
  testPassphrase,
  upstream,
} from '../../support/installation.ts'
import { pushed, signed } from '../../support/pushes.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const apiToken = 'k7Qx'

interface Sent {
  status: number
  body: string
}

/** One request on a connection of its own, as an upstream makes it. */
function send(
  address: string,
  {
    method = 'POST',
    body = '',
    headers = {},
  }: { method?: string; body?: string | Buffer; headers?: Record<string, string> } = {},
): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const sent = request(address, { method, headers, agent: false }, (response) => {
      let text = ''
      response.on('data', (piece: Buffer) => (text += piece.toString()))
      response.once('end', () => resolve({ status: response.statusCode ?? 0, body: text }))
    })
    sent.once('error', reject)
    sent.end(body)
  })
}

const form = (fields: Record<string, string>) => ({
  body: new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
})

/** An installation with an account of a practice upstream, its orders synced, and its receiver listening. */
async function receiving(secrets: Record<string, string> = {}, receiver = { readDelayMs: 20, readGapMs: 20 }) {
  const gateway = await upstream({ seed: 7, orders: 60, historyDays: 40, speed: 0 })
  const folder = temporaryFolder()
  const { run } = commandLine({ folder, passphrase: testPassphrase })
  await run(['account', 'add', '--json', '-'], { stdin: accountJson(gateway, secrets) })
  const services = startInstallation({ folder, passphrase: testPassphrase, receiver })
  onTestFinished(() => services.stop())
  await services.start()
  const { id } = services.accounts.byLabel('Main')
  const range = { from: '2020-01-01 00:00:00', to: '2099-01-01 00:00:00' }
  await services.sync.start({ accountId: id, types: ['own', 'distributor'], channel: 'sync', range })
  const { address } = await services.receiver.listen(id, { port: 0, network: false })
  const database = await services.databases.forAccount(id)
  const counts = async () => {
    await database.call('pushes.settle', {})
    return database.call('pushes.counts', { accountId: id })
  }
  const order = async (orderNo: string) => (await database.call('orders.byNumber', { accountId: id, orderNo }))[0]
  const first = gateway.truth().find(({ fields }) => fields.ownNo !== undefined)!
  return { services, gateway, id, address, database, counts, order, first, folder }
}

describe('the receiver', () => {
  it('answers SUCCESS to a push as 敢探号 makes it, keeps it, and merges it', async () => {
    const { address, counts, order, first } = await receiving({ apiToken })
    const fields = pushed({ outer_id: first.fields.ownNo!, status: '550', tracking_number: 'SF42' })
    expect(await send(address, form(signed(fields, apiToken)))).toEqual({ status: 200, body: 'SUCCESS' })
    expect(await counts()).toMatchObject({ merged: 1 })
    expect((await order(first.orderNo))?.row.trackingNo).toBe('SF42')
  })

  it('answers tests of the address before any check, and keeps none of them', async () => {
    const { services, id, address, counts } = await receiving({ apiToken })
    const tests: [string, Parameters<typeof send>[1]][] = [
      [address, form({ msg: 'success' })],
      [`${address}?msg=check`, { method: 'GET' }],
      [address, form({ Data: JSON.stringify({ OrderNo: 'TestOrder172' }) })],
      [address, {}],
      [`${address}/`, { method: 'GET' }],
    ]
    for (const [to, sent] of tests) expect(await send(to, sent)).toEqual({ status: 200, body: 'SUCCESS' })
    expect(await counts()).toMatchObject({ merged: 0, unmatched: 0, unreadable: 0, lastReceivedAt: null })
    expect((await services.receiver.state(id)).pings.count).toBe(tests.length)
  })

  it('turns bad ones away with 4xx, counts them, and logs nothing of what they held', async () => {
    const { services, id, address, counts, first } = await receiving({ apiToken })
    const fields = pushed({ outer_id: first.fields.ownNo!, mobile: '13800138000', name: '张小三' })
    const wrong = `${address.slice(0, -1)}${address.endsWith('A') ? 'B' : 'A'}`
    const statuses = [
      (await send(wrong, form(signed(fields, apiToken)))).status,
      (await send(new URL('/', address).href)).status,
      (await send(address, { method: 'DELETE' })).status,
      (await send(address, form(fields))).status,
      (await send(address, form({ ...fields, sign: '0'.repeat(32) }))).status,
      (await send(address, form({ ...fields, api_token: 'other' }))).status,
      (await send(address, { body: Buffer.alloc(10 * 1_048_576 + 1, 0x20) })).status,
      (await send(`${address}?api_token=${apiToken}`, { body: '{"outer_id": "W1", ' })).status,
    ]
    expect(statuses).toEqual([404, 404, 405, 403, 403, 403, 413, 400])
    // What could not be understood came from who may push: it is kept, to be looked at.
    expect(await counts()).toMatchObject({ merged: 0, unmatched: 0, unreadable: 1 })
    expect((await services.receiver.state(id)).refused).toMatchObject({
      path: 2,
      method: 1,
      sign: 2,
      token: 1,
      tooLarge: 1,
      notUnderstood: 1,
    })
    const logged = services.logged.join('\n')
    expect(logged).toContain('a push was refused: sign')
    for (const secret of ['13800138000', '张小三', first.fields.ownNo!, apiToken, address.split('/').at(-1)!])
      expect(logged).not.toContain(secret)
  })

  it('takes ten megabytes of orders in one push', async () => {
    const { address, counts } = await receiving()
    const filler = 'x'.repeat(200)
    const one = (index: number) =>
      JSON.stringify({ order_no: `Z${String(index).padStart(9, '0')}`, status: 550, remark: filler })
    const count = Math.floor((10 * 1_048_576 - 2) / (one(0).length + 1))
    const body = `[${Array.from({ length: count }, (_, index) => one(index)).join(',')}]`
    expect(await send(address, { body, headers: { 'content-type': 'application/json' } })).toMatchObject({
      status: 200,
    })
    expect(await counts()).toMatchObject({ unmatched: count })
  })

  it('cuts off a sender who never finishes', async () => {
    const { address } = await receiving()
    const { port, pathname } = new URL(address)
    const socket = connect(Number(port), '127.0.0.1')
    const closed = new Promise<string>((resolve) => {
      let said = ''
      socket.on('data', (piece) => (said += piece.toString()))
      socket.once('close', () => resolve(said))
    })
    socket.write(`POST ${pathname} HTTP/1.1\r\nHost: x\r\n`)
    const drip = setInterval(() => socket.write('x-a: b\r\n'), 1_000)
    onTestFinished(() => {
      clearInterval(drip)
      socket.destroy()
    })
    socket.on('error', () => undefined)
    expect(await closed).toMatch(/^HTTP\/1\.1 408/)
  }, 30_000)

  it('loses none of 100 pushes a second while a sync runs', async () => {
    const { services, id, address, counts } = await receiving()
    const seconds = 4
    const range = { from: '2020-01-01 00:00:00', to: '2099-01-01 00:00:00' }
    const load = { on: true }
    const syncs = (async () => {
      const request = { accountId: id, types: ['own', 'distributor'], channel: 'sync', range } as const
      while (load.on) await services.sync.start(request)
    })()
    const tookMs: number[] = []
    const one = async (index: number): Promise<void> => {
      const startedAt = performance.now()
      const answer = await send(address, form(pushed({ outer_id: `L${index}` })))
      tookMs.push(performance.now() - startedAt)
      expect(answer).toEqual({ status: 200, body: 'SUCCESS' })
    }
    const sent: Promise<void>[] = []
    for (let index = 0; index < seconds * 100; index += 1) {
      sent.push(one(index))
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    await Promise.all(sent)
    load.on = false
    await syncs
    expect(await counts()).toMatchObject({ unmatched: seconds * 100 })
    const sorted = tookMs.sort((a, b) => a - b)
    const at = (share: number) => Math.round(sorted[Math.floor(sorted.length * share)] ?? 0)
    console.log(`answered within ${at(0.5)} ms (median), ${at(0.99)} ms (99 %)`)
  }, 60_000)

  it('has what it answered after the database process was killed', async () => {
    const { services, id, address, counts, database } = await receiving()
    const sent = Array.from({ length: 30 }, (_, index) => send(address, form(pushed({ outer_id: `K${index}` }))))
    const answered = (await Promise.all(sent)).filter(({ status }) => status === 200).length
    ;(database as unknown as { kill(): void }).kill()
    await database.exited
    expect((await send(address, form(pushed({ outer_id: 'after' })))).status).toBeOneOf([200, 503])
    const again = await services.databases.forAccount(id)
    await again.call('pushes.settle', {})
    expect((await again.call('pushes.counts', { accountId: id })).unmatched).toBeGreaterThanOrEqual(answered)
    void counts
  })

  it('has the order of a push looked for, and merges the push when it arrives', async () => {
    const { services, id, address, gateway, database } = await receiving()
    gateway.advance(24 * 3)
    const fresh = gateway.truth().at(-1)!
    await send(address, form(pushed({ order_no: fresh.orderNo, outer_id: '', tracking_number: 'SF77' })))
    await expect
      .poll(
        async () =>
          (await database.call('orders.byNumber', { accountId: id, orderNo: fresh.orderNo }))[0]?.row.trackingNo,
        {
          timeout: 20_000,
        },
      )
      .toBe('SF77')
    const runs = await database.call('runs.list', { accountId: id, before: null, count: 20 })
    expect(runs.some(({ purpose }) => purpose === 'fullRead')).toBe(true)
    void services
  })
})

describe('the practice account', () => {
  it('gives its own receiver as api_url once it is on, and its changes arrive without a sync', async () => {
    const gateway = await upstream({ seed: 7, orders: 60, historyDays: 20, speed: 0 })
    const services = startInstallation({ folder: temporaryFolder(), practice: practiceIn(gateway) })
    onTestFinished(() => services.stop())
    await services.start()
    const { id } = await services.accounts.addPractice()
    const range = { from: '2020-01-01 00:00:00', to: '2099-01-01 00:00:00' }
    const request = { accountId: id, types: ['own', 'distributor'], channel: 'sync', range } as const
    await services.sync.start(request)
    expect(gateway.pushes()).toEqual([])
    const { port } = await services.receiver.listen(id, { port: 0, network: false })
    await services.sync.start({ ...request, range: null })
    await expect.poll(() => gateway.pushes()).toMatchObject([{ kind: 'test', accepted: true }])
    gateway.advance(36)
    const database = await services.databases.forAccount(id)
    const counts = () => database.call('pushes.counts', { accountId: id })
    await expect.poll(async () => (await counts()).merged, { timeout: 10_000 }).toBeGreaterThan(3)
    await expect.poll(() => gateway.pushes().every(({ accepted }) => accepted)).toBe(true)
    await database.call('pushes.settle', {})
    const truth = new Map(gateway.truth().map((order) => [order.orderNo, order]))
    const pushes = await services.receiver.pushes({ accountId: id, states: ['merged'], before: null, count: 200 })
    const told = []
    for (const { order } of pushes) {
      const [found] = await database.call('orders.byNumber', { accountId: id, orderNo: order!.orderNo })
      const { fields } = truth.get(order!.orderNo)!
      const { trackingNo, activatedAt } = found!.row
      expect([trackingNo ?? undefined, activatedAt ?? undefined]).toEqual([fields.trackingNo, fields.activatedAt])
      told.push(...found!.changes.filter(({ pushed }) => pushed))
    }
    expect(told.length).toBeGreaterThan(0)
    expect(port).toBeGreaterThan(0)
  })
})

describe('the settings of the receiver', () => {
  const settings = { enabled: true, port: 0, network: false, answer: 'ok' }

  async function free(): Promise<number> {
    const { createServer } = await import('node:net')
    return new Promise((resolve) => {
      const probe = createServer().listen(0, '127.0.0.1', () => {
        const { port } = probe.address() as { port: number }
        probe.close(() => resolve(port))
      })
    })
  }

  it('are off at first; switched on it listens on loopback with its own answer, and after a restart', async () => {
    const { services, id, folder } = await receiving()
    const before = await services.receiver.state(id)
    expect(before.settings).toEqual({ enabled: false, port: 17_520, network: false, answer: 'SUCCESS' })
    const port = await free()
    const state = await services.receiver.set(id, { ...settings, port }, false)
    expect(state).toMatchObject({ listening: true, problem: null, settings: { port, answer: 'ok' } })
    const address = await services.receiver.address(id)
    expect(address).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${port}/push/[\\w-]{43}$`))
    expect(JSON.stringify(state)).not.toContain(new URL(address).pathname)
    expect(await send(address, form(pushed()))).toEqual({ status: 200, body: 'ok' })
    expect(await services.receiver.test(id)).toMatchObject({ status: 200, answer: 'ok' })
    await services.stop()
    const again = startInstallation({ folder, passphrase: testPassphrase })
    onTestFinished(() => again.stop())
    await again.start()
    await again.receiver.startAll()
    expect(await again.receiver.state(id)).toMatchObject({ listening: true })
    expect(await again.receiver.address(id)).toBe(address)
    const off = await again.receiver.set(id, { ...settings, port, enabled: false }, false)
    expect(off.listening).toBe(false)
    await expect(send(address)).rejects.toThrow('ECONNREFUSED')
    await expect(again.receiver.test(id)).rejects.toMatchObject({ code: 'receiverOff' })
  })

  it('open to the network only with a confirmation', async () => {
    const { services, id } = await receiving()
    const port = await free()
    const open = { ...settings, port, network: true }
    await expect(services.receiver.set(id, open, false)).rejects.toMatchObject({ code: 'receiverNotConfirmed' })
    expect((await services.receiver.state(id)).settings.network).toBe(false)
    expect(await services.receiver.set(id, open, true)).toMatchObject({ listening: true, settings: { network: true } })
  })

  it('say so when the port is taken', async () => {
    const { services, id, gateway } = await receiving()
    const port = Number(new URL(gateway.url).port)
    const states: ReceiverState[] = []
    services.receiver.onChanged((state) => states.push(state))
    expect(await services.receiver.set(id, { ...settings, port }, false)).toMatchObject({
      listening: false,
      problem: 'portTaken',
    })
    expect(states.length).toBeGreaterThan(0)
  })

  it('survive a change of the account, whose new token holds at once', async () => {
    const { services, id } = await receiving()
    const port = await free()
    await services.receiver.set(id, { ...settings, port }, false)
    const address = await services.receiver.address(id)
    const { id: _id, practice: _practice, createdAt: _at, secrets: _secrets, ...account } = services.accounts.get(id)
    await services.accounts.save({ id, settings: account, secrets: { apiToken } })
    await expect.poll(async () => (await send(address, form(pushed()))).status).toBe(403)
    expect(await send(address, form(signed(pushed(), apiToken)))).toMatchObject({ status: 200 })
  })

  it('give a new address that shares nothing with the old one', async () => {
    const { services, id } = await receiving()
    const port = await free()
    await services.receiver.set(id, { ...settings, port }, false)
    const before = await services.receiver.address(id)
    await services.receiver.renewAddress(id)
    expect((await send(before)).status).toBe(404)
    expect((await send(await services.receiver.address(id))).status).toBe(200)
  })
})
