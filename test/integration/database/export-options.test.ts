import { parse } from 'csv-parse/sync'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { exportWords } from '#main/exports/export-words.ts'
import { orderColumns, type OrderColumn } from '#domain/vocabulary.ts'
import { allOrders } from '#shared/contract/orders.ts'
import type { ExportProgress } from '#shared/contract/exports.ts'
import type { DatabaseRoutes } from '#shared/database/contract.ts'
import type { InputOf } from '#shared/rpc/route.ts'
import { openTestDatabase, type TestDatabase } from '../../support/database.ts'
import { canMount, mountSmallDisk } from '../../support/full-disk.ts'
import { account, element, elements, noon, pull } from '../../support/sync-steps.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { readXlsx, shownTexts } from '../../support/xlsx.ts'

type Input = InputOf<DatabaseRoutes['exports.write']>

let folder: string
beforeEach(() => {
  folder = temporaryFolder()
})

const hour = 3_600_000
const byNumber = { column: 'orderNo', descending: false } as const

function write(
  database: TestDatabase,
  changes: Partial<Input> & { signal?: AbortSignal; onProgress?: (progress: ExportProgress) => void } = {},
) {
  const { signal, onProgress, ...given } = changes
  const input: Input = {
    filter: allOrders(account),
    sort: byNumber,
    columns: ['orderNo', 'status', 'stage'],
    plain: true,
    words: exportWords('zh-CN'),
    accountLabel: '我的店',
    file: join(folder, 'orders.csv'),
    ...given,
  }
  return database.call('exports.write', input, { ...(signal && { signal }), ...(onProgress && { onProgress }) })
}

const csv = (name = 'orders.csv'): string[][] => parse(readFileSync(join(folder, name), 'utf8'), { bom: true })
const visible = (): string[] => readdirSync(folder).sort()

describe('XLSX', () => {
  it('holds what the grid holds: numbers as text, times and amounts to reckon with', async () => {
    await using database = await openTestDatabase()
    await pull(database, [
      element({ order_sn: '0012', recharge_amount: '50', is_activated: 0 }),
      element({ order_sn: '20261124000001', id_name: '=张', is_activated: 1, activated_at: '2026-11-22 09:30:00' }),
    ])
    const columns: OrderColumn[] = [
      'orderNo',
      'createdAt',
      'customerName',
      'phone',
      'idNumber',
      'rechargeAmount',
      'activation',
      'activatedAt',
    ]
    const file = join(folder, 'orders.xlsx')
    expect(await write(database, { format: 'xlsx', columns, file })).toMatchObject({ rows: 2, shortened: 0 })
    const [sheet, ...others] = readXlsx(file)
    expect(others).toEqual([])
    expect(sheet).toMatchObject({ name: '订单', filter: 'A1:H3' })
    expect(shownTexts(sheet!)).toEqual([
      ['订单号', '下单时间', '姓名', '手机号', '身份证号', '首充金额', '激活状态', '激活时间'],
      ['0012', '2026-11-20 10:00:00', '张小三', '13800138000', '110101199003071234', '50.00', '未激活', ''],
      [
        '20261124000001',
        '2026-11-20 10:00:00',
        '=张',
        '13800138000',
        '110101199003071234',
        '',
        '已激活',
        '2026-11-22 09:30:00',
      ],
    ])
    const types = sheet!.rows.slice(1).map((row) => row.map((cell) => cell?.type ?? '-').join(''))
    expect(types).toEqual(['snsssns', 'snsss-sn'])
    expect(visible()).toEqual(['orders.xlsx'])
  })

  it('has the changes on a second sheet, each order’s oldest first', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element({ order_sn: 'A2' }), element({ order_sn: 'A1' })])
    await pull(database, [element({ order_sn: 'A1', status: 550, status_name: '已发货' })], { at: noon + hour })
    const file = join(folder, 'orders.xlsx')
    const shares: [string, number][] = []
    const result = await write(database, {
      format: 'xlsx',
      history: true,
      file,
      onProgress: ({ part, share }) => shares.push([part, share]),
    })
    expect(result).toMatchObject({ rows: 2, changes: 3 })
    const [, history] = readXlsx(file)
    expect(history?.name).toBe('变动')
    expect(shownTexts(history!)).toEqual([
      ['订单号', '订单类型', '发现时间', '上游时间', '项目', '原状态', '新状态', '当时阶段', '回退', '上游推送'],
      ['A1', '自营', '2026-11-24 12:00:00', '', '生产', '', '待审核', '处理中', '', ''],
      ['A1', '自营', '2026-11-24 13:00:00', '', '生产', '待审核', '已发货', '已发货', '', ''],
      ['A2', '自营', '2026-11-24 12:00:00', '', '生产', '', '待审核', '处理中', '', ''],
    ])
    expect(shares).toEqual([
      ['orders', 0.5],
      ['history', 1],
    ])
  })

  it('leaves nothing when it is cancelled half-way', async () => {
    await using database = await openTestDatabase()
    await pull(database, elements(6_000))
    const abort = new AbortController()
    const written = write(database, {
      format: 'xlsx',
      history: true,
      columns: [...orderColumns],
      file: join(folder, 'orders.xlsx'),
      signal: abort.signal,
      onProgress: () => abort.abort(),
    })
    await expect(written).rejects.toMatchObject({ code: 'cancelled' })
    expect(visible()).toEqual([])
    // and another export goes ahead
    expect(await write(database, { format: 'xlsx', file: join(folder, 'orders.xlsx') })).toMatchObject({ rows: 6_000 })
  })
})

describe('CSV', () => {
  it('says what a side axis says by a bare 0 or 1, in the merchant’s words', async () => {
    await using database = await openTestDatabase()
    await pull(database, [
      element({ order_sn: 'A', is_activated: 0, is_recharged: 0 }),
      element({ order_sn: 'B', is_activated: 1, is_recharged: 0 }),
    ])
    await write(database, { columns: ['orderNo', 'activation', 'recharge'] })
    expect(csv()).toEqual([
      ['订单号', '激活状态', '首充状态'],
      ['A', '未激活', '未首充'],
      ['B', '已激活', '未首充'],
    ])
  })

  it('masks what the grid masks, cell for cell', async () => {
    await using database = await openTestDatabase()
    await pull(database, elements(20))
    const columns: OrderColumn[] = ['customerName', 'phone', 'idNumber', 'address', 'producedNumber', 'productName']
    await write(database, { columns, masked: true })
    const { rows } = await database.call('orders.window', {
      filter: allOrders(account),
      sort: byNumber,
      start: 0,
      count: 100,
      reveal: false,
    })
    expect(csv().slice(1)).toEqual(rows.map((row) => columns.map((column) => row[column as 'phone'] ?? '')))
    expect(rows[0]?.phone).toContain('****')
  })

  it('has its changes in a second file, which has the same delimiter and encoding', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element({ order_sn: 'A1' })])
    const result = await write(database, {
      history: true,
      historyFile: join(folder, 'orders-变动.csv'),
      delimiter: 'semicolon',
      encoding: 'gbk',
    })
    expect(result).toMatchObject({ rows: 1, changes: 1, outsideGbk: 0 })
    expect(visible()).toEqual(['orders-变动.csv', 'orders.csv'])
    const history = new TextDecoder('gbk').decode(readFileSync(join(folder, 'orders-变动.csv')))
    expect(history.split('\r\n')[0]).toBe('订单号;订单类型;发现时间;上游时间;项目;原状态;新状态;当时阶段;回退;上游推送')
  })

  it('says how many signs GBK lacks', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element({ order_sn: 'A', id_name: '𠮷😀' })])
    const result = await write(database, { columns: ['orderNo', 'customerName'], encoding: 'gbk' })
    expect(result).toMatchObject({ outsideGbk: 2 })
    expect(new TextDecoder('gb18030').decode(readFileSync(join(folder, 'orders.csv')))).toContain('A,𠮷😀')
  })

  it('has note, tags and flag in words', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element({ order_sn: 'A' })])
    const { rows } = await database.call('orders.window', {
      filter: allOrders(account),
      sort: byNumber,
      start: 0,
      count: 1,
      reveal: false,
    })
    const change = { note: '周五回访', addTags: ['老客户', '催激活'], flag: 'red' as const }
    await database.call('annotations.save', { accountId: account, id: rows[0]!.id, change })
    await write(database, { columns: ['orderNo', 'note', 'tags', 'flag'] })
    expect(csv()[1]).toEqual(['A', '周五回访', '老客户, 催激活', '红旗'])
  })
})

describe('the orders of one moment', () => {
  const many = 6_000

  it('stay as they were while every one of them changes', { timeout: 90_000 }, async () => {
    await using database = await openTestDatabase()
    await pull(database, elements(many))
    const file = join(folder, 'orders.xlsx')
    // Every column, so that the writing goes on for a while.
    const everything: Partial<Input> = { format: 'xlsx', columns: [...orderColumns], file }
    const flags = (): Set<string | undefined> => {
      const [head = [], ...rows] = shownTexts(readXlsx(file)[0]!)
      expect(rows).toHaveLength(many)
      return new Set(rows.map((row) => row[head.indexOf('旗标')]))
    }
    let marked: Promise<unknown> | undefined
    await write(database, {
      ...everything,
      onProgress: () => {
        marked ??= database.call('annotations.mark', { filter: allOrders(account), change: { flag: 'red' } })
      },
    })
    expect(await marked).toEqual({ orders: many })
    expect(flags()).toEqual(new Set(['']))
    // the next one shows them as they are by then
    await write(database, everything)
    expect(flags()).toEqual(new Set(['红旗']))
  })

  it('stay although the account is removed meanwhile', { timeout: 90_000 }, async () => {
    await using database = await openTestDatabase()
    await pull(database, elements(many))
    let gone: Promise<unknown> | undefined
    const result = await write(database, {
      history: true,
      historyFile: join(folder, 'history.csv'),
      columns: [...orderColumns],
      onProgress: () => void (gone ??= database.call('accounts.forget', { accountId: account })),
    })
    await gone
    expect(result).toMatchObject({ rows: many, changes: many })
    expect(csv()).toHaveLength(many + 1)
  })

  it('are each export’s own where two go on at once', async () => {
    await using database = await openTestDatabase()
    await pull(database, elements(4_000))
    let second: Promise<unknown> | undefined
    const first = write(database, {
      onProgress: () => {
        second ??= pull(database, [element({ order_sn: '20261124000001', status_name: '已发货', status: 550 })], {
          at: noon + hour,
        }).then(() => write(database, { format: 'xlsx', file: join(folder, 'second.xlsx') }))
      },
    })
    await first
    await second
    expect(csv()[1]).toEqual(['20261124000001', '待审核', '处理中'])
    expect(shownTexts(readXlsx(join(folder, 'second.xlsx'))[0]!)[1]).toEqual(['20261124000001', '已发货', '已发货'])
    expect(visible()).toEqual(['orders.csv', 'second.xlsx'])
  })
})

describe('a place that fails', () => {
  it.each(['csv', 'xlsx'] as const)('is told where the folder is gone (%s)', async (format) => {
    await using database = await openTestDatabase()
    await pull(database, [element()])
    const file = join(folder, 'unplugged', `orders.${format}`)
    await expect(write(database, { format, file })).rejects.toMatchObject({ code: 'folderGone' })
  })

  it.runIf(canMount).each(['csv', 'xlsx'] as const)(
    'is told where the disk is full, and nothing is left (%s)',
    async (format) => {
      await using database = await openTestDatabase()
      await pull(database, elements(6_000))
      using disk = mountSmallDisk(1)
      disk.fill()
      const file = join(disk.folder, `orders.${format}`)
      const written = write(database, {
        format,
        file,
        columns: [...orderColumns],
        history: true,
        historyFile: `${file}.csv`,
      })
      await expect(written).rejects.toMatchObject({ code: 'diskFull' })
      expect(readdirSync(disk.folder)).toEqual(['filler'])
      disk.free()
      expect(await write(database, { format: 'xlsx', file })).toMatchObject({ rows: 6_000 })
    },
  )

  it('leaves no half of a workbook behind a kill: the next start removes it', async () => {
    await using database = await openTestDatabase()
    await pull(database, elements(8_000))
    let crashed: Promise<void> | undefined
    const written = write(database, {
      format: 'xlsx',
      columns: [...orderColumns],
      file: join(folder, 'orders.xlsx'),
      onProgress: () => void (crashed ??= database.crash()),
    })
    await expect(written).rejects.toMatchObject({ code: 'processGone' })
    await crashed
    expect(existsSync(join(folder, 'orders.xlsx'))).toBe(false)
    expect(visible()).toHaveLength(1)
    await using again = await openTestDatabase({ folder: database.folder })
    expect(visible()).toEqual([])
    expect(await write(again)).toMatchObject({ rows: 8_000 })
  })
})
