import { randomBytes } from 'node:crypto'
import { createGzip, gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.ts'
import { gbk } from '../../support/gbk.ts'
import { keptReplies } from '../../support/kept-replies.ts'
import { pullBytes } from '../../support/raw-reply.ts'
import { account, element, elements, noon, replyOf } from '../../support/sync-steps.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const text = JSON.stringify(replyOf([element({ id_name: '欧阳小三', goods_name: '电信星卡29元' })]))

async function stored(database: TestDatabase) {
  const [found] = await database.call('orders.byNumber', { accountId: account, orderNo: '20261124000001' })
  return found?.row
}

/** True where the raw reply outlives the time for which others are kept. */
async function isKept(database: TestDatabase): Promise<boolean> {
  return (await database.call('replies.purge', { before: noon + 1 })).purged === 0
}

describe('a reply in any charset', () => {
  it.each<[string, Uint8Array, string]>([
    ['UTF-8', Buffer.from(text), 'application/json'],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`), 'application/json'],
    ['UTF-8, though the header says GBK', Buffer.from(text), 'text/html; charset=gbk'],
    ['GBK by the header', gbk(text), 'text/html; charset=GBK'],
    ['GB2312 by the header', gbk(text), 'application/json;charset="gb2312"'],
    ['GBK of which the header says nothing', gbk(text), 'application/json'],
    ['GBK, though the header says UTF-8', gbk(text), 'application/json; charset=utf-8'],
    ['UTF-16 with a mark', Buffer.from(`\uFEFF${text}`, 'utf16le'), ''],
  ])('is read: %s', async (_name, bytes, contentType) => {
    await using database = await openTestDatabase()
    const { merge } = await pullBytes(database, bytes, { contentType })
    expect(merge).toMatchObject({ outcome: 'understood', new: 1, unreadable: 0 })
    expect(await stored(database)).toMatchObject({ productName: '电信星卡29元', city: '深圳市' })
  })

  it('is read as UTF-8 where only some characters are broken, as when a system cuts a text after so many bytes', async () => {
    await using database = await openTestDatabase()
    const cut = Buffer.concat([
      Buffer.from(text.slice(0, text.indexOf('电信星卡') + 2)),
      Buffer.from('星').subarray(0, 2),
    ])
    const bytes = Buffer.concat([cut, Buffer.from(text.slice(text.indexOf('29元')))])
    expect((await pullBytes(database, bytes)).merge).toMatchObject({ outcome: 'understood', new: 1 })
    expect(await stored(database)).toMatchObject({ productName: '电信\uFFFD29元', city: '深圳市' })
  })
})

describe('a compressed reply that does not say so', () => {
  it('is unpacked', async () => {
    await using database = await openTestDatabase()
    expect((await pullBytes(database, gzipSync(text))).merge).toMatchObject({ outcome: 'understood', new: 1 })
  })

  it('is refused as too large where it unpacks to more than half a gigabyte, and stays as it came', async () => {
    await using database = await openTestDatabase()
    const { merge } = await pullBytes(database, await bomb(600))
    expect(merge).toMatchObject({ outcome: 'refused', error: 'tooLarge', didNothing: false, received: 0 })
    expect(await isKept(database)).toBe(true)
    expect((await pullBytes(database, Buffer.from(text))).merge, 'the process goes on').toMatchObject({ new: 1 })
  }, 60_000)

  it('is no JSON where it is cut off', async () => {
    await using database = await openTestDatabase()
    const { merge } = await pullBytes(database, gzipSync(text).subarray(0, -20))
    expect(merge).toMatchObject({ outcome: 'refused', error: 'notJson', didNothing: false })
    expect(await isKept(database)).toBe(true)
  })
})

describe('what cannot be understood keeps its raw reply and says so', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'notJson'],
    ['bytes without a meaning', randomBytes(5_000), 'notJson'],
    ['a login page', '<!DOCTYPE html><title>登录</title>', 'notJson'],
    ['JSON that is cut off', text.slice(0, -30), 'notJson'],
    ['brackets without an end', '['.repeat(1_000_000), 'notJson'],
  ])('%s', async (_name, body, error) => {
    await using database = await openTestDatabase()
    const { merge } = await pullBytes(database, typeof body === 'string' ? Buffer.from(body) : body)
    expect(merge).toMatchObject({ outcome: 'refused', error, didNothing: false, received: 0 })
    expect(await isKept(database)).toBe(true)
  })

  it('lists an element that is broken, with its own text, and merges the others', async () => {
    await using database = await openTestDatabase()
    const [one, other] = elements(2).map((each) => JSON.stringify(each))
    const { merge } = await pullBytes(database, Buffer.from(`{"code":200,"data":[${one},{"order_sn" 7},${other}]}`))
    expect(merge).toMatchObject({ outcome: 'understood', received: 3, new: 2, unreadable: 1 })
    const of = { accountId: account, type: 'own', start: 0, count: 10, reveal: true } as const
    const { items } = await database.call('mapping.unreadable', of)
    expect(items).toMatchObject([{ reason: 'broken', original: '{"order_sn" 7}' }])
    expect(await isKept(database)).toBe(true)
  })

  it('counts more unreadable elements than it lists', async () => {
    await using database = await openTestDatabase()
    const many = Array.from({ length: 5_000 }, (_, index) => ({ note: index }))
    expect((await pullBytes(database, Buffer.from(JSON.stringify(replyOf(many))))).merge.unreadable).toBe(5_000)
    const of = { accountId: account, type: 'own', start: 0, count: 1, reveal: true } as const
    expect((await database.call('mapping.unreadable', of)).total).toBe(2_000)
    expect(await isKept(database)).toBe(true)
  })
})

it('merges whatever bytes come without losing the process, the raw reply, the request or the order beside them', async () => {
  const folder = temporaryFolder()
  await using database = await openTestDatabase({ folder })
  const bodies: Buffer[] = []
  const good = Buffer.from(text)
  const damage = fc.record({
    at: fc.nat(good.length),
    cut: fc.nat(3),
    put: fc.oneof(
      fc.uint8Array({ maxLength: 4 }),
      fc.constantFrom('NaN', '{', '"', '\\', '[[', '\u0000', '"__proto__":1,').map((put) => Buffer.from(put)),
    ),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(damage, { maxLength: 3 }), async (damages) => {
      let body: Buffer = good
      for (const { at, cut, put } of damages)
        body = Buffer.concat([body.subarray(0, at), put, body.subarray(Math.min(body.length, at + cut))])
      bodies.push(body)
      const { merge } = await pullBytes(database, body)
      expect(merge.outcome === 'refused').toBe(merge.error !== null)
      if (merge.outcome !== 'refused')
        expect(merge.received).toBe(merge.new + merge.changed + merge.unchanged + merge.unreadable)
    }),
    { numRuns: 300 },
  )
  expect((await pullBytes(database, good)).merge.outcome).toBe('understood')
  expect(await stored(database)).toMatchObject({ city: '深圳市' })
  await database.close()
  const kept = (await keptReplies(folder)).slice(0, bodies.length)
  expect(kept.map(({ head }) => head.toString('hex'))).toEqual(bodies.map((body) => body.toString('hex')))
}, 120_000)

/** So many megabytes of zeros, packed. */
async function bomb(megabytes: number): Promise<Buffer> {
  const gzip = createGzip({ level: 9 })
  const packed: Buffer[] = []
  gzip.on('data', (piece: Buffer) => packed.push(piece))
  const ended = new Promise<void>((resolve) => gzip.once('end', resolve))
  const zeros = Buffer.alloc(1_048_576)
  for (let count = 0; count < megabytes; count += 1)
    if (!gzip.write(zeros)) await new Promise<void>((resolve) => gzip.once('drain', resolve))
  gzip.end()
  await ended
  return Buffer.concat(packed)
}
