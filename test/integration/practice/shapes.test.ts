import { afterEach, describe, expect, it } from 'vitest'
import { type PracticeGateway, startPracticeGateway } from '#practice/gateway.ts'
import { nameSets, wrappings } from '#practice/reply/shape.ts'
import { ask } from './ask.ts'

let gateway: PracticeGateway
afterEach(() => gateway.close())
async function data(shape: string): Promise<{ data: unknown; count: number }> {
  gateway = await startPracticeGateway({ orders: 400, minIntervalMs: 0, rangedCallMarks: false })
  const plain = await ask(gateway, everything)
  gateway.setShape(shape)
  return { data: (await ask(gateway, everything)).data, count: plain.rows.length }
}
const everything = { start: '2000-01-01 00:00:00' }
type Rows = Record<string, unknown>[]

describe('the shapes of a reply', () => {
  it.each(nameSets.flatMap((names) => wrappings.map((wrapping) => `${names}+${wrapping}`)))(
    '%s is JSON in the documented envelope',
    async (shape) => {
      await data(shape)
      const reply = await ask(gateway, everything)
      expect(JSON.parse(reply.text)).toMatchObject({ code: 200, debug: [], user_ip: '127.0.0.1' })
      expect((JSON.parse(reply.text) as { exec_time: unknown }).exec_time).toBeTypeOf('number')
    },
  )

  it('list: the orders in data', async () => {
    const { data: rows, count } = await data('list')
    expect(rows).toHaveLength(count)
  })

  it('jsonString: data is a string that holds the list', async () => {
    const { data: text, count } = await data('jsonString')
    expect(JSON.parse(text as string)).toHaveLength(count)
  })

  it('innerEnvelope: a second envelope in data', async () => {
    const { data: inner, count } = await data('innerEnvelope')
    expect(inner).toMatchObject({ msg: { code: 0, info: '' } })
    expect((inner as { data: Rows }).data).toHaveLength(count)
  })

  it('dataList: data.list with its total', async () => {
    const { data: inner, count } = await data('dataList')
    expect((inner as { list: Rows }).list).toHaveLength(count)
    expect(inner).toMatchObject({ total: count })
  })

  it('keyed: an object by order number', async () => {
    const { data: inner, count } = await data('keyed')
    const entries = Object.entries(inner as Record<string, Record<string, unknown>>)
    expect(entries).toHaveLength(count)
    for (const [number, row] of entries) expect(row.order_no).toBe(number)
  })

  it('sentence: a count in words, and no order', async () => {
    const { data: text, count } = await data('sentence')
    expect(text).toBe(`同步成功 ${count} 条`)
  })

  it.each([
    ['empty', []],
    ['empty+emptyString', ''],
    ['empty+dataList', { total: 0, list: [] }],
    ['empty+jsonString', '[]'],
  ])('%s: nothing, whatever there is, and nothing is marked', async (shape, expected) => {
    expect((await data(shape)).data).toEqual(expected)
    expect((await ask(gateway)).data).toEqual(expected)
    gateway.setShape('list')
    expect((await ask(gateway)).rows.length).toBeGreaterThan(5)
  })

  it.each([
    ['jiTuan', ['orderId', 'goodsName', 'statusName', 'contactPhone', 'expressNo']],
    ['chinese', ['订单号', '套餐', '订单状态', '手机号', '运单号']],
  ])('%s: other names, the same orders', async (shape, names) => {
    const { data: rows, count } = await data(shape)
    expect(rows).toHaveLength(count)
    for (const row of rows as Rows) for (const name of names) expect(row).toHaveProperty(name)
    const values = new Set((rows as Rows).map((row) => row[names[0]!]))
    expect(values).toEqual(
      new Set(
        gateway
          .truth()
          .filter((order) => order.type === 'own')
          .map((order) => order.orderNo),
      ),
    )
  })

  it('refuses a shape that there is not', async () => {
    await data('list')
    expect(() => gateway.setShape('round')).toThrow()
  })
})

describe('the values of a reply', () => {
  it.each(['list', 'jsonString', 'jiTuan', 'chinese'])('%s: long numbers as bare JSON integers', async (shape) => {
    await data(shape)
    gateway.set({ longIntegers: true })
    const { text } = await ask(gateway, everything)
    const own = gateway.truth().find((order) => order.type === 'own')
    expect(text).toMatch(new RegExp(`:${own?.orderNo}[,}]`))
    expect(() => JSON.parse(text) as unknown).not.toThrow()
  })

  it('masks a phone now and then where told', async () => {
    await data('list')
    gateway.set({ maskedPhones: true })
    const phones = (await ask(gateway, everything)).rows.map((row) => String(row.mobile))
    const masked = phones.filter((phone) => /^\d{3}\*{4}\d{4}$/.test(phone))
    expect(masked.length).toBeGreaterThan(10)
    expect(masked.length).toBeLessThan(phones.length / 2)
  })

  it('compresses for who takes gzip', async () => {
    await data('list')
    gateway.set({ gzip: true, successCode: '0000' })
    const reply = await ask(gateway, everything)
    expect(reply.headers.get('content-encoding')).toBe('gzip')
    expect(reply.code).toBe('0000')
  })
})
