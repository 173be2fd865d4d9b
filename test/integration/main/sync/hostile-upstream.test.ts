import { createServer, type Socket } from 'node:net'
import { createGzip, gzipSync } from 'node:zlib'
import { Readable } from 'node:stream'
import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { gbk } from '../../../support/gbk.ts'
import { keptReplies } from '../../../support/kept-replies.ts'
import { json, orders, startOddUpstream, anOrder, type Answering } from '../../../support/odd-upstream.ts'
import { selfSigned } from '../../../support/self-signed.ts'
import { openSyncDesk, syncedBefore, type SyncDesk } from '../../../support/sync-desk.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'
import { anAccount } from '../../../support/upstream-account.ts'

const order = anOrder(1, { id_name: '欧阳小三', goods_name: '电信星卡29元' })
const orderNo = (order as { order_sn: string }).order_sn
const text = JSON.stringify({ code: 200, msg: '成功', data: [order] })

/** The next sync is incremental: what it brings comes once. */
async function openDesk(gateway: string, folder: string, timeoutMs = 10_000): Promise<SyncDesk> {
  const account = anAccount({ gateway, timeoutMs })
  const desk = await openSyncDesk([account], { folder })
  await syncedBefore(desk.database, account.id)
  return desk
}

/** Answers incremental calls in a hostile way; a range brings the order as it should. */
const incrementally =
  (hostile: (response: ServerResponse) => void): Answering =>
  ({ parameters }, response) =>
    parameters.has('start') ? orders(response, [order]) : hostile(response)

const say =
  (body: string | Uint8Array, contentType = 'application/json', status = 200) =>
  (response: ServerResponse): void =>
    void response.writeHead(status, { 'content-type': contentType }).end(body)

describe('over HTTP into the database, odd and read all the same', () => {
  const member = (more: string): string => text.replace('{"order_sn"', `{${more},"order_sn"`)
  it.each<[string, string | Uint8Array, string?]>([
    ['a body in GBK by its header', gbk(text), 'text/html; charset=GBK'],
    ['a body in GBK that says nothing', gbk(text)],
    ['a mark at its beginning', `\uFEFF${text}`],
    ['NaN and Infinity', member('"fee":NaN,"rate":-Infinity')],
    ['a key that stands twice', member('"order_sn":"","remark":"a","remark":"b"')],
    ['__proto__ in an order', member('"__proto__":{"order_sn":"8","polluted":1}')],
    ['__proto__ around the orders', text.replace('{"code"', '{"__proto__":{"data":[]},"constructor":1,"code"')],
    ['gzip that does not say so', gzipSync(text)],
  ])('%s', async (_what, body, contentType) => {
    const folder = temporaryFolder()
    await using upstream = await startOddUpstream((_request, response) => say(body, contentType)(response))
    await using desk = await openDesk(upstream.url, folder)
    expect(await desk.sync()).toMatchObject([{ outcome: 'understood', received: 1, new: 1, unreadable: 0 }])
    const row = { orderNo, customerName: '欧阳小三', productName: '电信星卡29元' }
    expect(await desk.rows()).toMatchObject([row])
    await desk.database.close()
    expect(await keptReplies(folder)).toMatchObject([{ state: 'complete', head: Buffer.from(body) }])
  })

  it('a 64-bit number keeps every digit, in the order and in its original', async () => {
    const body = text.replace(`"${orderNo}"`, '9223372036854775807')
    await using upstream = await startOddUpstream((_request, response) => say(body)(response))
    await using desk = await openDesk(upstream.url, temporaryFolder())
    await desk.sync()
    expect((await desk.rows()).map((row) => row.orderNo)).toEqual(['9223372036854775807'])
    const of = { accountId: 'account-1', orderNo: '9223372036854775807' }
    expect((await desk.database.call('orders.byNumber', of))[0]?.original).toContain(':9223372036854775807')
  })

  it('bytes that are no UTF-8 cost the characters they stand for and nothing else', async () => {
    const cut = Buffer.from(text)
    cut[cut.indexOf('欧阳小三') + 1] = 0xff
    await using upstream = await startOddUpstream((_request, response) => say(cut)(response))
    await using desk = await openDesk(upstream.url, temporaryFolder())
    expect(await desk.sync()).toMatchObject([{ outcome: 'understood', new: 1 }])
    expect((await desk.rows())[0]).toMatchObject({ orderNo, productName: '电信星卡29元' })
    expect((await desk.rows())[0]?.customerName).toMatch(/\uFFFD.*阳小三$/)
  })

  it('an order that nests a hundred thousand deep stands beside one that does not', async () => {
    const deep = `{"order_sn":"DEEP1","status":1,"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
    const body = text.replace('"data":[', `"data":[${deep},`)
    await using upstream = await startOddUpstream((_request, response) => say(body)(response))
    await using desk = await openDesk(upstream.url, temporaryFolder())
    const [run] = await desk.sync()
    expect(run).toMatchObject({ outcome: 'understood', received: 2 })
    expect((await desk.rows()).map((row) => row.orderNo)).toContain(orderNo)
  })
})

describe('over HTTP, instead of the orders that come once', () => {
  const zeros = Buffer.alloc(1_048_576)
  const megabytes = (count: number): Readable => Readable.from(Array.from({ length: count }, () => zeros))

  function pour(response: ServerResponse, body: Readable): void {
    body.on('error', () => undefined)
    body.pipe(response).on('error', () => undefined)
    response.on('close', () => body.destroy())
  }

  it.each<[string, (response: ServerResponse) => void, string, number]>([
    ['a login page', say('<!DOCTYPE html><title>登录</title>', 'text/html'), 'complete', 0],
    ['a login page that says it is JSON', say('<html><title>登录</title></html>'), 'complete', 0],
    ['brackets without an end', say('['.repeat(1_000_000)), 'complete', 0],
    ['half of it', say(text.slice(0, -30)), 'complete', 0],
    ['nothing', say(''), 'complete', 0],
    [
      'a body shorter than its Content-Length',
      (response) => {
        response.writeHead(200, { 'content-length': text.length * 2 })
        response.write(text)
        setTimeout(() => response.destroy(), 50)
      },
      'cutOff',
      0,
    ],
    [
      'a body that drips without an end',
      (response) => {
        response.writeHead(200)
        const drip = setInterval(() => response.write(' '), 20)
        response.on('close', () => clearInterval(drip))
      },
      'cutOff',
      200,
    ],
    [
      'a gzip bomb',
      (response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' })
        pour(response, megabytes(2_000).pipe(createGzip({ level: 9 })))
      },
      'cutOff',
      0,
    ],
    [
      'a gzip bomb that does not say so',
      (response) => {
        response.writeHead(200)
        pour(response, megabytes(600).pipe(createGzip({ level: 9 })))
      },
      'complete',
      0,
    ],
    [
      'more than 512 MB',
      (response) => {
        response.writeHead(200)
        pour(response, megabytes(520))
      },
      'cutOff',
      0,
    ],
  ])(
    '%s stays as it came, and a range brings the orders',
    async (_what, hostile, state, timeoutMs) => {
      const folder = temporaryFolder()
      await using upstream = await startOddUpstream(incrementally(hostile))
      await using desk = await openDesk(upstream.url, folder, timeoutMs === 0 ? 20_000 : timeoutMs)
      const runs = await desk.sync()
      expect(runs.at(-1)).toMatchObject({ outcome: 'understood', new: 1 })
      expect((await desk.rows()).map((row) => row.orderNo)).toEqual([orderNo])
      expect(await desk.openRequests()).toBe(0)
      await desk.database.close()
      const [first] = await keptReplies(folder)
      expect(first).toMatchObject({ state })
      if (state === 'complete') expect(first?.keep).toBe(1)
    },
    180_000,
  )

  it('brackets that nest a million deep are a list of one element that cannot be read, and are kept for ever', async () => {
    const folder = temporaryFolder()
    const nested = '['.repeat(1_000_000) + ']'.repeat(1_000_000)
    await using upstream = await startOddUpstream(incrementally(say(nested)))
    await using desk = await openDesk(upstream.url, folder)
    expect(await desk.sync()).toMatchObject([{ outcome: 'understood', received: 1, unreadable: 1 }])
    await desk.database.close()
    expect(await keptReplies(folder)).toMatchObject([{ state: 'complete', keep: 1, length: nested.length }])
  })

  it('less than was told by a Content-Length that is too small is a cut-off reply, never half an order', async () => {
    const sockets = new Set<Socket>()
    const server = createServer((socket) => {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.once('data', (head: Buffer) => {
        const whole = head.toString().includes('start=')
        const length = Buffer.byteLength(text) - (whole ? 0 : 40)
        socket.end(`HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: ${length}\r\n\r\n${text}`)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    await using desk = await openDesk(`http://127.0.0.1:${port}/order`, temporaryFolder())
    expect((await desk.sync()).at(-1)).toMatchObject({ outcome: 'understood', new: 1 })
    expect(await desk.openRequests()).toBe(0)
    for (const socket of sockets) socket.destroy()
    server.close()
  })

  it.each([301, 307])('a redirect (%i) gets no credentials to where it leads, and loses nothing', async (status) => {
    await using thief = await startOddUpstream((_request, response) => json(response, {}))
    await using upstream = await startOddUpstream(
      incrementally((response) => void response.writeHead(status, { location: thief.url }).end()),
    )
    await using desk = await openDesk(upstream.url, temporaryFolder())
    expect((await desk.sync()).at(-1)).toMatchObject({ outcome: 'understood', new: 1 })
    expect(thief.seen).toEqual([])
    expect(await desk.openRequests()).toBe(0)
  })

  it('a certificate that nobody vouches for gets no call at all, and leaves nothing open', async () => {
    await using upstream = await startOddUpstream(
      (_request, response) => orders(response, [order]),
      selfSigned('127.0.0.1'),
    )
    await using desk = await openDesk(upstream.url, temporaryFolder())
    expect(await desk.sync()).toMatchObject([{ outcome: 'failed', error: { code: 'tls' } }])
    expect(upstream.seen).toEqual([])
    expect(await desk.openRequests()).toBe(0)
  })
})

describe('more elements than are read of one reply', () => {
  it('are refused as too large, kept raw, and the window is halved until its parts can be read', async () => {
    const folder = temporaryFolder()
    const range = { from: '2026-01-01 00:00:00', to: '2026-01-08 00:00:00' }
    const tooMany = `{"code":200,"data":[${'{"id":1},'.repeat(1_000_001)}{"id":2}]}`
    const days = (from: string | null, to: string | null): number =>
      (Date.parse(String(to)) - Date.parse(String(from))) / 86_400_000
    await using upstream = await startOddUpstream(({ parameters }, response) => {
      if (days(parameters.get('start'), parameters.get('end')) > 4) return say(tooMany)(response)
      const n = Number(parameters.get('start')?.slice(8, 10))
      return orders(response, [anOrder(n)])
    })
    await using desk = await openDesk(upstream.url, folder, 30_000)
    const [run] = await desk.sync({ range })
    expect(run).toMatchObject({ outcome: 'understood', new: 2 })
    expect(upstream.seen.length).toBe(3)
    expect(await desk.openRequests()).toBe(0)
    await desk.database.close()
    const [first, ...others] = await keptReplies(folder)
    expect(first).toMatchObject({ state: 'complete', keep: 1, length: tooMany.length })
    expect(others.map(({ keep }) => keep)).toEqual([0, 0])
  }, 120_000)

  it('leave a request open where even the smallest window holds them', async () => {
    const tooMany = Buffer.from(`{"code":200,"data":[${'{"id":1},'.repeat(1_000_001)}{"id":2}]}`)
    await using upstream = await startOddUpstream((_request, response) => say(tooMany)(response))
    await using desk = await openDesk(upstream.url, temporaryFolder(), 30_000)
    const range = { from: '2026-01-01 00:00:00', to: '2026-01-01 00:59:59' }
    const [run] = await desk.sync({ range })
    expect(run).toMatchObject({ outcome: 'open', error: { code: 'tooLarge' } })
    expect(await desk.openRequests()).toBeGreaterThan(0)
  }, 120_000)
})
