import * as fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { beijingText, dayMs } from '#practice/beijing.ts'
import { type PracticeGateway, type PracticeOptions, startPracticeGateway } from '#practice/gateway.ts'
import { type Reply, ask } from './ask.ts'

const epochMs = Date.parse('2024-09-01T04:00:00Z')
const stillClock = { now: () => epochMs }
const opened: PracticeGateway[] = []
/** Practice time stands still unless a test moves it. */
async function open(options: PracticeOptions = {}): Promise<PracticeGateway> {
  const gateway = await startPracticeGateway({ orders: 2_000, minIntervalMs: 0, clock: stillClock, ...options })
  opened.push(gateway)
  return gateway
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map((gateway) => gateway.close()))
})

const everything = { start: '2000-01-01 00:00:00', end: '2030-01-01 00:00:00' }
const last7Days = { start: beijingText(epochMs - 7 * dayMs), end: beijingText(epochMs) }
const numbers = (reply: Reply): unknown[] => reply.rows.map((row) => row.order_no)
const askSilently = (gateway: PracticeGateway): Promise<unknown> => ask(gateway).catch(() => null)
/** A call that never ends is over for a test once the server has taken note of it. */
async function noted(gateway: PracticeGateway): Promise<void> {
  while (!gateway.calls()[0]?.answer) await new Promise((resolve) => setTimeout(resolve, 5))
}

describe('a call without a range', () => {
  it('brings the last 7 days’ orders of its type, and none of them twice', async () => {
    const gateway = await open()
    const first = await ask(gateway)
    const week = gateway.truth().filter(({ fields, type }) => type === 'own' && fields.createdAt! >= last7Days.start)
    expect(numbers(first)).toEqual(week.map((order) => order.orderNo))
    expect(first.rows.length).toBeGreaterThan(50)
    expect(await ask(gateway)).toMatchObject({ code: 200, msg: '暂无变动订单', data: [] })
  })

  it('brings an order again exactly when it has changed', async () => {
    const gateway = await open()
    const before = new Map(gateway.truth().map((order) => [order.orderNo, order.version]))
    await ask(gateway)
    gateway.advance(12)
    const again = await ask(gateway)
    const expected = gateway
      .truth()
      .filter(({ type, fields }) => type === 'own' && fields.createdAt! >= beijingText(gateway.now() - 7 * dayMs))
      .filter(({ orderNo, version }) => version > (before.get(orderNo) ?? 0))
    expect(numbers(again)).toEqual(expected.map((order) => order.orderNo))
    expect(again.rows.some((row) => before.has(String(row.order_no)))).toBe(true)
    expect(again.rows.some((row) => !before.has(String(row.order_no)))).toBe(true)
  })

  it.each([[false], [true]])('brings changes of older orders: %s', async (olderChanges) => {
    const gateway = await open({ olderChanges })
    await ask(gateway, everything)
    gateway.advance(24)
    const old = (await ask(gateway)).rows.filter(
      (row) => String(row.create_time) < beijingText(gateway.now() - 7 * dayMs),
    )
    expect(old.length > 0).toBe(olderChanges)
  })

  it.each(['cut', 'hang', 'slow', 'drip', 'wrongJson', 'html', 'error500'] as const)(
    'counts as delivered when the reply ended in %s: that is the hazard',
    async (kind) => {
      const gateway = await open({ faults: [{ kind, delayMs: 5 }] })
      const reply = askSilently(gateway)
      await (kind === 'hang' ? noted(gateway) : reply)
      expect((await ask(gateway)).rows).toEqual([])
      expect((await ask(gateway, last7Days)).rows.length).toBeGreaterThan(50)
    },
  )

  it.each(['reset', 'redirect', 'refuse'] as const)('was not delivered when it ended in %s', async (kind) => {
    const gateway = await open({ faults: [{ kind }] })
    await askSilently(gateway)
    expect((await ask(gateway)).rows.length).toBeGreaterThan(50)
  })

  it('delivers anew once the marks are reset', async () => {
    const gateway = await open()
    const first = await ask(gateway)
    gateway.resetMarks()
    expect(numbers(await ask(gateway))).toEqual(numbers(first))
  })

  it('brings nothing when it is refused, and the mark stays unset', async () => {
    const gateway = await open()
    await ask(gateway, { type: 1, channels: 7 })
    await ask(gateway, { token: 'wrong' })
    expect((await ask(gateway)).rows.length).toBeGreaterThan(50)
  })
})

describe('the marks', () => {
  it('belong to a key and a type', async () => {
    const gateway = await open({ moreKeys: ['second-key'] })
    const own = await ask(gateway)
    const distributor = await ask(gateway, { type: 2 })
    expect(distributor.rows.length).toBeGreaterThan(5)
    expect(numbers(await ask(gateway, { key: 'second-key' }))).toEqual(numbers(own))
  })

  it.each([
    ['apart by default', false],
    ['shared where told', true],
  ])('of both channels are %s', async (_what, channelsShareMarks) => {
    const gateway = await open({ channelsShareMarks })
    await ask(gateway)
    expect((await ask(gateway, { channels: 2 })).rows.length > 0).toBe(!channelsShareMarks)
  })

  it.each([
    ['set', true],
    ['not set', false],
  ])('are %s by a ranged call where told', async (_what, rangedCallMarks) => {
    const gateway = await open({ rangedCallMarks })
    await ask(gateway, everything)
    expect((await ask(gateway)).rows.length > 0).toBe(!rangedCallMarks)
  })
})

describe('a call with a range', () => {
  it('brings everything in it, every time, both ends included', async () => {
    const gateway = await open()
    const some = gateway.truth().filter((order) => order.type === 'own')
    const [from, to] = [some[100]!, some[200]!]
    const range = { start: from.fields.createdAt!, end: to.fields.createdAt! }
    const first = await ask(gateway, range)
    expect(numbers(first)).toEqual(some.slice(100, 201).map((order) => order.orderNo))
    expect((await ask(gateway, range)).rows).toEqual(first.rows)
  })

  it('may be open at one end', async () => {
    const gateway = await open()
    const own = gateway.truth().filter((order) => order.type === 'own')
    const middle = own[500]!.fields.createdAt!
    const after = await ask(gateway, { start: middle })
    const before = await ask(gateway, { end: middle })
    expect(after.rows.length + before.rows.length).toBe(own.length + 1)
  })

  it('means the time of the last change where told', async () => {
    const gateway = await open({ rangeMeans: 'updated' })
    const since = beijingText(epochMs - dayMs)
    const expected = gateway.truth().filter(({ type, fields }) => type === 'own' && fields.updatedAt! >= since)
    const reply = await ask(gateway, { start: since, end: beijingText(epochMs) })
    expect(numbers(reply)).toEqual(expected.map((order) => order.orderNo))
    expect(reply.rows.some((row) => String(row.create_time) < since)).toBe(true)
  })

  it('keeps both types apart and leaves none out', async () => {
    const gateway = await open()
    const own = numbers(await ask(gateway, { ...everything, type: 1 }))
    const distributor = numbers(await ask(gateway, { ...everything, type: 2 }))
    expect(new Set([...own, ...distributor]).size).toBe(2_000)
    expect(own.length + distributor.length).toBe(2_000)
  })

  it('brings over channel 2 the same orders with the fields of a status callback only', async () => {
    const gateway = await open()
    const full = await ask(gateway, last7Days)
    const status = await ask(gateway, { ...last7Days, channels: 2 })
    expect(numbers(status)).toEqual(numbers(full))
    for (const row of status.rows) {
      expect(Object.keys(row)).toEqual(
        expect.arrayContaining(['order_no', 'status', 'is_activated', 'tracking_number', 'reason']),
      )
      for (const personal of ['id_name', 'id_num', 'mobile', 'address', 'goods_name', 'create_time'])
        expect(row).not.toHaveProperty(personal)
    }
  })

  it('shows exactly the truth, at any time in any world', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.integer({ min: 1, max: 150 }),
        fc.nat(24 * 160),
        async (seed, orders, hours) => {
          const gateway = await open({ seed, orders })
          gateway.advance(hours)
          const rows = [
            ...(await ask(gateway, { ...everything, type: 1 })).rows,
            ...(await ask(gateway, { ...everything, type: 2 })).rows,
          ]
          const truth = new Map(gateway.truth().map((order) => [order.orderNo, order]))
          expect(rows.length).toBe(truth.size)
          for (const row of rows) {
            const { fields, axes } = truth.get(String(row.order_no))!
            expect(row.plan_mobile_produced || row.plan_mobile).toBe(fields.producedNumber ?? '')
            expect(row).toMatchObject({
              status: Number(axes.production?.code),
              status_name: axes.production?.word,
              is_activated: Number(axes.activation?.code),
              is_recharged: Number(axes.recharge?.code),
              settled_text: axes.settlement?.word,
              refund_status: axes.refund?.code ?? '',
              id_name: fields.customerName,
              mobile: fields.phone,
              tracking_number: fields.trackingNo ?? '',
              reason: fields.reason ?? '',
              remark: fields.remark ?? '',
              activated_at: fields.activatedAt ?? null,
              create_time: fields.createdAt,
              update_time: fields.updatedAt,
            })
          }
        },
      ),
      { numRuns: 25 },
    )
  })
})

describe('the world behind it', () => {
  it('is the same for one seed and another for another', async () => {
    const options = { nowMs: epochMs, orders: 300 }
    const [one, same, other] = [await open(options), await open(options), await open({ ...options, seed: 2 })]
    const rows = async (gateway: PracticeGateway): Promise<unknown> => (await ask(gateway, everything)).rows
    expect(await rows(one)).toEqual(await rows(same))
    expect(await rows(one)).not.toEqual(await rows(other))
  })

  it('gives a first sync of 7 days a few hundred of 5,000 orders', async () => {
    const reply = await ask(await open({ orders: 5_000 }))
    expect(reply.rows.length).toBeGreaterThan(150)
    expect(reply.rows.length).toBeLessThan(400)
  })

  it('tells practice time in the Date header', async () => {
    const gateway = await open()
    gateway.advance(48)
    expect(Date.parse((await ask(gateway)).headers.get('date') ?? '')).toBe(epochMs + 2 * dayMs)
  })

  it('lives on by itself, as fast as told', async () => {
    let realMs = epochMs
    const gateway = await open({ clock: { now: () => realMs }, speed: 86_400 })
    await ask(gateway)
    realMs += 1_000
    expect(gateway.now()).toBe(epochMs + dayMs)
    expect((await ask(gateway)).rows.length).toBeGreaterThan(10)
  })
})
