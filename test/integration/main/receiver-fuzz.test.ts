import { request } from 'node:http'
import { connect } from 'node:net'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { packPush } from '#main/receiver/pack-push.ts'
import { PushDoor } from '#main/receiver/push-door.ts'
import { openTestDatabase, type TestDatabase } from '../../support/database.ts'
import { keptPushes } from '../../support/kept-replies.ts'
import { account, noon } from '../../support/sync-steps.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const secret = 's'.repeat(43)

interface Sent {
  method: string
  contentType: string
  query: string
  body: Uint8Array
}

/** A door over the real database process, and what it says and does of each request. */
async function openDoor(database: TestDatabase, apiToken: string) {
  const told = { pings: 0, kept: 0, refused: 0 }
  const door = new PushDoor({
    endpoints: () => [
      {
        accountId: account,
        secret,
        apiToken,
        answer: 'SUCCESS',
        keep: async (push) => {
          await database.call('pushes.receive', { accountId: account, at: noon, ...(await packPush(push)) })
          told.kept += 1
        },
        pinged: () => (told.pings += 1),
      },
    ],
    refused: () => (told.refused += 1),
  })
  const port = await door.open(0, '127.0.0.1')
  return { told, port, close: () => door.close() }
}

function send(port: number, { method, contentType, query, body }: Sent): Promise<number> {
  return new Promise((resolve, reject) => {
    const path = `/push/${secret}${query === '' ? '' : `?${query}`}`
    const headers = { 'content-type': contentType, 'content-length': body.length }
    const sent = request({ port, method, path, headers, agent: false }, (response) => {
      response.resume()
      response.once('end', () => resolve(response.statusCode ?? 0))
    })
    sent.once('error', reject)
    sent.end(body)
  })
}

const utf8 = new TextEncoder()
const parts = fc.constantFrom(
  '{',
  '}',
  '[',
  ']',
  '"',
  '\\',
  ',',
  ':',
  '&',
  '=',
  '%',
  '%e6',
  '+',
  '\u0000',
  '\uFEFF',
  '--a',
  '\r\n',
)
const words = fc.constantFrom(
  'order_no',
  'outer_id',
  'status',
  'sign',
  'msg',
  'success',
  'Data',
  '__proto__',
  'NaN',
  '550',
  'W1',
)
const body = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  fc
    .array(fc.oneof(parts, words, fc.string({ maxLength: 5 })), { maxLength: 40 })
    .map((all) => utf8.encode(all.join(''))),
  fc.json().map((text) => utf8.encode(text)),
  fc
    .array(fc.record({ order_no: fc.jsonValue(), outer_id: fc.string(), status: fc.jsonValue() }, { requiredKeys: [] }))
    .map((list) => utf8.encode(JSON.stringify(list))),
)
const anyRequest: fc.Arbitrary<Sent> = fc.record({
  method: fc.constantFrom('POST', 'POST', 'PUT'),
  contentType: fc.constantFrom(
    'application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=a',
    'text/plain; charset=gbk',
    'text/plain; charset=nonsense',
  ),
  query: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('', 'api_token=k7Qx') },
    { weight: 1, arbitrary: fc.string({ maxLength: 30 }).map((text) => encodeURIComponent(text.toWellFormed())) },
  ),
  body,
})

it.each([
  ['no token', ''],
  ['a token', 'k7Qx'],
])(
  'whatever is pushed is answered, and what is not turned away is kept byte for byte: with %s',
  async (_what, token) => {
    const folder = temporaryFolder()
    await using database = await openTestDatabase({ folder })
    const door = await openDoor(database, token)
    const kept: Sent[] = []
    await fc.assert(
      fc.asyncProperty(anyRequest, async (sent) => {
        const before = { ...door.told }
        const status = await send(door.port, sent)
        expect([200, 400, 403]).toContain(status)
        const now = door.told
        if (now.kept > before.kept) kept.push(sent)
        expect(now.pings + now.kept + now.refused).toBeGreaterThan(before.pings + before.kept + before.refused)
        // Whoever is told that it went well has pushed something durable, or only tested the address.
        if (status === 200) expect(now.pings + now.kept).toBe(before.pings + before.kept + 1)
      }),
      { numRuns: 400 },
    )
    expect(kept.length).toBeGreaterThan(0)
    await door.close()
    await database.call('pushes.settle', {})
    expect(await database.call('pushes.counts', { accountId: account }), 'all were read').toMatchObject({ waiting: 0 })
    await database.close()
    const stored = await keptPushes(folder)
    expect(stored.map(({ body: raw }) => raw.toString('hex'))).toEqual(
      kept.map(({ body: raw }) => Buffer.from(raw).toString('hex')),
    )
    expect(stored.map(({ query }) => query)).toEqual(kept.map(({ query }) => query))
  },
  120_000,
)

it('bytes that are no HTTP are answered by an error, and leave the door open', async () => {
  await using database = await openTestDatabase()
  const door = await openDoor(database, '')
  const raw = (bytes: Uint8Array): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect(door.port, '127.0.0.1')
      let said = ''
      socket.on('data', (piece: Buffer) => (said += piece.toString('latin1')))
      socket.on('error', () => undefined)
      socket.once('close', () => resolve(said))
      socket.end(bytes)
    })
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), async (bytes) => {
      expect(await raw(bytes)).not.toMatch(/^HTTP\/1\.1 2/)
    }),
    { numRuns: 200 },
  )
  const lengths = `POST /push/${secret} HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\nmsg=1`
  expect(await raw(utf8.encode(lengths))).toMatch(/^HTTP\/1\.1 400/)
  const sent = {
    method: 'POST',
    contentType: 'application/json',
    query: '',
    body: utf8.encode('{"order_no":"A1","status":1}'),
  }
  expect(await send(door.port, sent)).toBe(200)
  await door.close()
}, 60_000)
