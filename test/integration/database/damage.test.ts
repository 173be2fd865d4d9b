import {
  copyFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { diagnose } from '#database/restore/diagnose.ts'
import { allOrders } from '#shared/contract/order-filter.ts'
import { openTestDatabase, testKey, type TestDatabase } from '../../support/database.ts'
import { account, elements, pull } from '../../support/sync-steps.ts'
import { upkeep } from '../../support/upkeep.ts'

const pageBytes = 4_096
const place = (folder: string) => ({ folder, name: 'orders' as const, key: testKey })

/** A closed vault with a few hundred orders and their replies, to be damaged in copies. */
let whole = ''

beforeAll(async () => {
  whole = mkdtempSync(join(tmpdir(), 'haoka-whole-'))
  await using database = await openTestDatabase({ folder: whole })
  for (let round = 0; round < 4; round += 1) await pull(database, elements(60))
})
afterAll(() => rmSync(whole, { recursive: true, force: true }))

function copyOfWhole() {
  const folder = mkdtempSync(join(tmpdir(), 'haoka-damaged-'))
  cpSync(whole, folder, { recursive: true })
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) }
}

function flipBit(file: string, at: number, bit = 0): void {
  const bytes = readFileSync(file)
  bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)
  writeFileSync(file, bytes)
}

const files = { orders: 'orders.db', replies: 'orders-replies.db' } as const
const others = { orders: 'replies', replies: 'orders' } as const

describe('a single flipped bit', () => {
  /** Salt, header, content, IV and MAC. */
  const regions = [0, 15, 16, 24, 100, 1_000, 3_000, 4_015, 4_016, 4_031, 4_032, 4_095]

  it.each(['orders', 'replies'] as const)(
    'is found in every region of the first and last pages of %s',
    async (file) => {
      using damaged = copyOfWhole()
      const count = statSync(join(whole, files[file])).size / pageBytes
      for (const page of [0, 1, count - 1])
        for (const region of regions) await expectFound(damaged.folder, file, page * pageBytes + region)
    },
  )

  it.each(['orders', 'replies'] as const)('is found on every page of %s', async (file) => {
    using damaged = copyOfWhole()
    const count = statSync(join(whole, files[file])).size / pageBytes
    expect(count).toBeGreaterThan(10)
    for (let page = 0; page < count; page += 1)
      await expectFound(damaged.folder, file, page * pageBytes + ((page * 977) % pageBytes))
  })

  async function expectFound(folder: string, file: keyof typeof files, at: number): Promise<void> {
    copyFileSync(join(whole, files[file]), join(folder, files[file]))
    flipBit(join(folder, files[file]), at, at % 8)
    const health = await diagnose(place(folder), () => undefined)
    expect(health, `bit at ${at}`).toEqual({ [file]: 'damaged', [others[file]]: 'good' })
  }

  it('is found by the check of the files in use, which goes on serving', async () => {
    using damaged = copyOfWhole()
    await using database = await openTestDatabase({ folder: damaged.folder })
    expect(await database.call('upkeep.check', {})).toEqual({ orders: 'good', replies: 'good' })
    flipBit(join(damaged.folder, files.orders), statSync(join(damaged.folder, files.orders)).size - 300)
    expect(await database.call('upkeep.check', {})).toEqual({ orders: 'damaged', replies: 'good' })
    expect(await totalOf(database)).toBe(60)
  })

  it('that a read meets says that the data is damaged, not that the key is wrong', async () => {
    using damaged = copyOfWhole()
    const path = join(damaged.folder, files.orders)
    for (let index = 1; index < statSync(path).size / pageBytes; index += 1) flipBit(path, index * pageBytes + 50)
    await expect(openTestDatabase({ folder: damaged.folder })).rejects.toMatchObject({ code: 'databaseCorrupt' })
  })
})

describe('a file that was cut off', () => {
  const sizes = [1, 100, 4_095, 4_096, 3 * 4_096, 3 * 4_096 + 100, -4_096, -1]

  it.each(sizes.flatMap((size) => (['orders', 'replies'] as const).map((file) => ({ size, file }))))(
    'is found: $file at $size bytes',
    async ({ size, file }) => {
      using damaged = copyOfWhole()
      const path = join(damaged.folder, files[file])
      truncateSync(path, size < 0 ? statSync(path).size + size : size)
      const health = await upkeep('upkeep.diagnose', place(damaged.folder))
      expect(health).toEqual({ [file]: 'damaged', [others[file]]: 'good' })
    },
  )

  it('is not opened as a fresh one', async () => {
    using damaged = copyOfWhole()
    truncateSync(join(damaged.folder, files.orders), 1)
    await expect(openTestDatabase({ folder: damaged.folder })).rejects.toMatchObject({ code: 'databaseCorrupt' })
  })
})

describe('whole files', () => {
  it('are called good, after a clean end and after a kill', async () => {
    using copy = copyOfWhole()
    expect(await upkeep('upkeep.diagnose', place(copy.folder))).toEqual({ orders: 'good', replies: 'good' })
    const database = await openTestDatabase({ folder: copy.folder })
    expect(database).toMatchObject({ unclean: false, lostTail: false })
    await pull(database, elements(5))
    await database.crash()
    expect(await upkeep('upkeep.diagnose', place(copy.folder))).toEqual({ orders: 'good', replies: 'good' })
  })

  it('of another key are not called damaged', async () => {
    using copy = copyOfWhole()
    const other = upkeep('upkeep.diagnose', { ...place(copy.folder), key: 'c3'.repeat(32) })
    await expect(other).rejects.toMatchObject({ code: 'databaseKeyWrong' })
  })

  it('are not looked at while another process uses them', async () => {
    using copy = copyOfWhole()
    await using database = await openTestDatabase({ folder: copy.folder })
    await expect(upkeep('upkeep.diagnose', place(copy.folder))).rejects.toMatchObject({ code: 'dataFolderInUse' })
    expect(await totalOf(database)).toBe(60)
  })
})

describe('a log that a kill -9 left', () => {
  async function killed() {
    const copy = copyOfWhole()
    const database = await openTestDatabase({ folder: copy.folder })
    for (let round = 0; round < 3; round += 1) await pull(database, elements(40))
    await database.crash()
    return copy
  }

  it('is read whole and nothing is asked again', async () => {
    using copy = await killed()
    await using database = await openTestDatabase({ folder: copy.folder })
    expect(database).toMatchObject({ unclean: true, lostTail: false })
    expect(await database.call('requests.listOpen', { accountId: account })).toEqual([])
  })

  it.each([
    ['its header', 2],
    ['its salts', 17],
    ['a frame’s page number', 32 + 3],
    ['a frame’s salts', 32 + 9],
    ['a frame’s checksum', 32 + 17],
    ['a frame’s page', 32 + 24 + 2_000],
    ['a later frame’s page', 32 + 4 * 4_120 + 24 + 900],
  ])('of which a bit of %s was flipped is told, kept, and what it held is asked again', async (_what, at) => {
    using copy = await killed()
    const log = join(copy.folder, 'orders.db-wal')
    flipBit(log, at)
    const bytes = readFileSync(log)
    await using database = await openTestDatabase({ folder: copy.folder })
    expect(database).toMatchObject({ unclean: true, lostTail: true })
    expect(await database.call('requests.listOpen', { accountId: account })).toMatchObject([
      { type: 'own', range: null },
    ])
    const kept = readdirSync(copy.folder).find((name) => name.includes('wal.damaged-'))
    expect(readFileSync(join(copy.folder, kept!)).equals(bytes)).toBe(true)
  })
})

async function totalOf(database: TestDatabase): Promise<number> {
  const filter = allOrders(account)
  return (await database.call('orders.counts', filter)).total
}
