import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { orderTypeParameter, orderTypes } from '#domain/vocabulary.ts'
import { readReply } from '#domain/reply.ts'
import { type PracticeGateway, startPracticeGateway } from '#practice/gateway.ts'
import { nameSets, wrappings } from '#practice/reply/shape.ts'
import { ask } from './ask.ts'

let gateway: PracticeGateway
beforeAll(async () => {
  gateway = await startPracticeGateway({ orders: 1_500, minIntervalMs: 0 })
})
afterAll(() => gateway.close())

const shapes = nameSets.flatMap((names) =>
  wrappings.filter((wrapping) => wrapping !== 'sentence').map((wrapping) => `${names}+${wrapping}`),
)

/** Two independent hands: the practice upstream writes, the app's own rules read, and nothing may differ. */
describe('what the app reads in a reply', () => {
  it.each(shapes)('%s: is the truth, field by field', async (shape) => {
    gateway.setShape(shape)
    for (const type of orderTypes) {
      const reply = await ask(gateway, { type: orderTypeParameter[type], start: '2000-01-01 00:00:00' })
      const read = readReply(reply.text, { httpStatus: reply.status, knownCodes: new Set() })
      const truth = gateway.truth().filter((order) => order.type === type)
      expect(read).toMatchObject({ outcome: 'understood', error: null })
      expect(read.mapped.unreadable).toEqual([])
      const orders = new Map(read.mapped.orders.map((order) => [order.orderNo, order]))
      expect(orders.size).toBe(truth.length)
      for (const { orderNo, fields, stage, axes } of truth) {
        const order = orders.get(orderNo)!
        expect({ stage: order.stage, fields: order.fields }).toEqual({ stage, fields })
        expect(order.axes.production?.word).toBe(axes.production?.word)
      }
    }
  })

  it.each(nameSets)('%s: is the same state in a status callback', async (shape) => {
    gateway.setShape(shape)
    const reply = await ask(gateway, { channels: 2, start: '2000-01-01 00:00:00' })
    const read = readReply(reply.text, { httpStatus: reply.status, knownCodes: new Set() })
    const truth = new Map(gateway.truth().map((order) => [order.orderNo, order]))
    expect(read.mapped.orders.length).toBe([...truth.values()].filter(({ type }) => type === 'own').length)
    for (const order of read.mapped.orders) {
      const { stage, fields } = truth.get(order.orderNo)!
      expect(order.stage).toBe(stage)
      for (const [field, value] of Object.entries(order.fields)) {
        if (field !== 'producedNumber') expect({ [field]: value }).toEqual({ [field]: fields[field as 'orderNo'] })
      }
    }
  })

  it.each([
    ['a wrong key', { key: 'x' }, 'unauthorised'],
    ['a wrong type', { type: 7 }, 'badParameters'],
  ] as const)('%s: is the refusal that was meant, and nothing was done', async (_what, change, error) => {
    const reply = await ask(gateway, change)
    const read = readReply(reply.text, { httpStatus: reply.status, knownCodes: new Set() })
    expect(read).toMatchObject({ outcome: 'refused', error, didNothing: true })
  })

  it('tells too fast from the quota and both from bad parameters', async () => {
    const slow = await startPracticeGateway({ orders: 10, minIntervalMs: 60_000 })
    const spent = await startPracticeGateway({ orders: 10, minIntervalMs: 0, dailyLimit: 0 })
    await ask(slow)
    const replies = [await ask(slow), await ask(spent)]
    const errors = replies.map(
      ({ text, status }) => readReply(text, { httpStatus: status, knownCodes: new Set() }).error,
    )
    await Promise.all([slow.close(), spent.close()])
    expect(errors).toEqual(['tooFast', 'quotaUsed'])
  })
})
