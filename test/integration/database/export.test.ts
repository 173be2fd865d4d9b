import { parse } from 'csv-parse/sync'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OrderColumn } from '#domain/vocabulary.ts'
import { orderColumns } from '#domain/vocabulary.ts'
import { allOrders } from '#shared/contract/order-filter.ts'
import { openTestDatabase, type TestDatabase } from '../../support/database.ts'
import { account, element, elements, noon, pull } from '../../support/sync-steps.ts'

const filter = allOrders(account)
const words = {
  columns: { orderNo: '订单号', customerName: '姓名', status: '订单状态', stage: '阶段' },
  stages: { shipped: '已发货阶段' },
  types: { own: '自营', distributor: '分销商' },
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'haoka-export-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(
  database: TestDatabase,
  columns: OrderColumn[],
  options: { file?: string; plain?: boolean; signal?: AbortSignal; onProgress?: (rows: number) => void } = {},
) {
  const { file = join(folder, 'orders.csv'), plain = false, signal, onProgress } = options
  const input = { filter, sort: { column: 'orderNo', descending: false } as const, columns, plain, words, file }
  return database.call(
    'exports.write',
    { ...input, accountLabel: '我的店' },
    { ...(signal && { signal }), onProgress: ({ rows }) => onProgress?.(rows) },
  )
}
const text = () => readFileSync(join(folder, 'orders.csv'), 'utf8')

describe('exports.write', () => {
  it('writes a BOM, CRLF, unmasked values, the upstream’s words, and digits that Excel keeps', async () => {
    await using database = await openTestDatabase()
    await pull(database, [
      element({ order_sn: '0012', status: 550, status_name: '已发货', id_name: '张,"三"' }),
      element({ order_sn: '20261124000001', status: 200, status_name: null }),
    ])
    const columns: OrderColumn[] = ['orderNo', 'customerName', 'status', 'stage', 'type', 'account', 'firstSeenAt']
    expect(await write(database, columns)).toMatchObject({ rows: 2 })
    expect(text()).toBe(
      '\uFEFF订单号,姓名,订单状态,阶段,type,account,firstSeenAt\r\n' +
        '"=""0012""","张,""三""",已发货,已发货阶段,自营,我的店,2026-11-24 12:00:00\r\n' +
        '"=""20261124000001""",张小三,200,processing,自营,我的店,2026-11-24 12:00:00\r\n',
    )
    expect(readdirSync(folder)).toEqual(['orders.csv'])
  })

  it('writes plain cells for programs', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element({ order_sn: '0012' })])
    await write(database, ['orderNo', 'phone'], { plain: true })
    expect(text()).toBe('\uFEFF订单号,phone\r\n0012,13800138000\r\n')
  })

  it('writes a header alone where there are no orders', async () => {
    await using database = await openTestDatabase()
    expect(await write(database, ['orderNo', 'customerName'])).toMatchObject({ rows: 0 })
    expect(text()).toBe('\uFEFF订单号,姓名\r\n')
  })

  it('writes every column, every row, in the grid’s order, over an earlier file', async () => {
    await using database = await openTestDatabase()
    await pull(database, elements(2_500))
    await write(database, ['orderNo'])
    const progress: number[] = []
    await write(database, [...orderColumns], { plain: true, onProgress: (rows) => progress.push(rows) })
    const rows: string[][] = parse(text(), { bom: true })
    expect(rows).toHaveLength(2_501)
    expect(rows.every((row) => row.length === orderColumns.length)).toBe(true)
    expect(rows.slice(1).map(([orderNo]) => orderNo)).toEqual(elements(2_500).map(({ order_sn }) => order_sn))
    expect(progress.at(-1)).toBe(2_500)
  })

  it('shows the rows of one moment, whatever is merged meanwhile', async () => {
    await using database = await openTestDatabase()
    await pull(database, elements(3_000))
    let merged: Promise<unknown> | undefined
    const written = write(database, ['orderNo'], {
      onProgress: () => void (merged ??= pull(database, [element({ order_sn: 'Z9' })], { at: noon + 1 })),
    })
    expect(await written).toMatchObject({ rows: 3_000 })
    await merged
    expect(text()).not.toContain('Z9')
  })

  it('leaves nothing when it is cancelled, and the earlier file as it was', async () => {
    await using database = await openTestDatabase()
    await write(database, ['orderNo'])
    await pull(database, elements(8_000))
    const abort = new AbortController()
    const written = write(database, ['orderNo'], { signal: abort.signal, onProgress: () => abort.abort() })
    await expect(written).rejects.toMatchObject({ code: 'cancelled' })
    expect(readdirSync(folder)).toEqual(['orders.csv'])
    expect(text()).toBe('\uFEFF订单号\r\n')
  })

  it('says so when the file cannot be written, and leaves nothing', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element()])
    const nowhere = write(database, ['orderNo'], { file: join(folder, 'no', 'such', 'folder.csv') })
    await expect(nowhere).rejects.toMatchObject({ code: 'folderGone' })
    mkdirSync(join(folder, 'taken.csv'))
    const taken = write(database, ['orderNo'], { file: join(folder, 'taken.csv') })
    await expect(taken).rejects.toMatchObject({ code: 'fileNotWritable' })
    expect(readdirSync(folder)).toEqual(['taken.csv'])
  })

  it('removes at the next start what a killed export left behind', async () => {
    await using database = await openTestDatabase()
    await pull(database, elements(8_000))
    let crashed: Promise<void> | undefined
    const written = write(database, [...orderColumns], { onProgress: () => void (crashed ??= database.crash()) })
    await expect(written).rejects.toMatchObject({ code: 'processGone' })
    await crashed
    const [left] = readdirSync(folder)
    expect(left).toMatch(/^\.orders\.csv\.[0-9a-f]{8}\.haoka-part$/)
    await using again = await openTestDatabase({ folder: database.folder })
    expect(existsSync(join(folder, left!))).toBe(false)
    expect(await write(again, ['orderNo'])).toMatchObject({ rows: 8_000 })
  })
})
