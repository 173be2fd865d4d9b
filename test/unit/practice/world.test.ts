import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { axes, stages } from '#domain/vocabulary.ts'
import { dayMs } from '#practice/beijing.ts'
import { productionWords, stageOf } from '#practice/world/facts.ts'
import { factsAfter, versionAt } from '#practice/world/life.ts'
import { truthOf } from '#practice/world/truth.ts'
import { World } from '#practice/world/world.ts'

const epochMs = Date.parse('2024-09-01T04:00:00Z')
const world = (seed = 1, orders = 3_000): World => new World({ seed, orders, historyDays: 120, epochMs })
const all = Array.from({ length: 3_000 }, (_, index) => index)

describe('the world', () => {
  it('is the same for the same seed, and another for another', () => {
    const look = (seed: number): unknown => all.slice(0, 200).map((index) => truthOf(world(seed), index, epochMs))
    expect(look(7)).toEqual(look(7))
    expect(look(7)).not.toEqual(look(8))
  })

  it('has exactly so many orders at its epoch, none before its history, and the same rhythm afterwards', () => {
    const orders = world()
    expect(orders.countBefore(epochMs)).toBe(3_000)
    expect(orders.countBefore(epochMs - 120 * dayMs)).toBe(0)
    expect(orders.countBefore(epochMs + 40 * dayMs)).toBeCloseTo(4_000, -1)
  })

  it('counts what was made before a moment, for any moment', () => {
    const orders = world(3, 400)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 130 * 86_400 }), (seconds) => {
        const atMs = epochMs - 125 * dayMs + seconds * 1_000
        const counted = Array.from({ length: 500 }, (_, index) => orders.createdMs(index)).filter((ms) => ms < atMs)
        expect(orders.countBefore(atMs)).toBe(counted.length)
      }),
    )
  })

  it('makes later orders later', () => {
    const orders = world()
    for (const index of all.slice(1))
      expect(orders.createdMs(index)).toBeGreaterThanOrEqual(orders.createdMs(index - 1))
  })

  it('gives a tenth to the night and four fifths to the merchant', () => {
    const orders = world()
    const night = all.filter((index) => new Date(orders.createdMs(index) + 8 * 3_600_000).getUTCHours() < 8)
    expect(night.length / all.length).toBeCloseTo(0.1, 1)
    expect(all.filter((index) => orders.type(index) === 'own').length / all.length).toBeCloseTo(0.8, 1)
  })

  it('never gives an order number twice', () => {
    const orders = world(1, 200_000)
    const numbers = new Set<string>()
    for (let index = 0; index < 20_000; index++) numbers.add(orders.birth(index).orderNo)
    expect(numbers.size).toBe(20_000)
  })

  it('has 19-digit numbers beyond 2^53 and numbers with leading zeros', () => {
    const orders = world()
    const numbers = all.map((index) => orders.birth(index).orderNo)
    expect(numbers.some((no) => /^[1-9]\d{18}$/.test(no) && !Number.isSafeInteger(Number(no)))).toBe(true)
    expect(numbers.some((no) => no.startsWith('00'))).toBe(true)
  })
})

describe('a life', () => {
  const lives = all.map((index) => world().steps(index))

  it('begins with its creation and moves forward, at least a second a step', () => {
    for (const [index, steps] of lives.entries()) {
      expect(steps[0]?.atMs).toBe(world().createdMs(index))
      for (const [at, step] of steps.entries()) {
        expect(step.atMs % 1_000).toBe(0)
        if (at > 0) expect(step.atMs).toBeGreaterThan(steps[at - 1]!.atMs)
      }
    }
  })

  it('has fewer versions than a mark can hold', () => {
    expect(Math.max(...lives.map((steps) => steps.length))).toBeLessThan(36)
  })

  it('really changes at every step', () => {
    for (const steps of lives.slice(0, 500)) {
      for (let at = 2; at <= steps.length; at++) {
        expect(factsAfter(steps, at), `step ${at}`).not.toEqual(factsAfter(steps, at - 1))
      }
    }
  })

  it('says nothing but a refund after 订单终止', () => {
    for (const steps of lives) {
      const end = steps.findIndex((step) => step.patch.status === '0')
      if (end < 0) continue
      for (const step of steps.slice(end + 1)) expect(Object.keys(step.patch)).toEqual(['refundedMs'])
    }
  })

  it('shows every production word, every stage and every turn within 150 days', () => {
    const statuses = new Set<string>()
    const seen = new Set<string>()
    const turns = { revived: 0, photoThenOn: 0, stopped: 0, lateRecharge: 0, withdrawn: 0, appealed: 0, refused: 0 }
    for (const steps of lives) {
      const within = steps.filter((step) => step.atMs <= steps[0]!.atMs + 150 * dayMs)
      const facts = within.map((_, at) => factsAfter(within, at + 1))
      for (const one of facts) {
        statuses.add(one.status)
        seen.add(stageOf(one))
      }
      const order = facts.map((one) => stageOf(one))
      const last = facts.at(-1)!
      if (order.includes('failed') && last.status === '550') turns.revived++
      if (order.includes('needsMerchant') && last.status === '550') turns.photoThenOn++
      if (facts.some((one) => one.reasonTag === '停机')) turns.stopped++
      if (last.rechargedMs !== null && last.rechargedMs - last.activatedMs! > 9 * dayMs) turns.lateRecharge++
      if (order.indexOf('settled') >= 0 && order.at(-1) === 'settlementFailed') turns.withdrawn++
      if (order.indexOf('settlementFailed') >= 0 && order.at(-1) === 'settled') turns.appealed++
      if (facts.some((one) => one.parcel === '已拒签')) turns.refused++
    }
    expect([...statuses].sort()).toEqual(Object.keys(productionWords).sort())
    expect([...seen].sort()).toEqual(stages.filter((stage) => stage !== 'unknown').sort())
    for (const [turn, count] of Object.entries(turns)) expect(count, turn).toBeGreaterThan(0)
  })

  it('keeps production at 550 while activation, recharge and settlement move', () => {
    const settled = lives.map((steps) => factsAfter(steps, steps.length)).filter((one) => one.settlement === '已结算')
    expect(settled.some((one) => one.status === '550')).toBe(true)
    expect(settled.every((one) => one.status === '550' || one.status === '0')).toBe(true)
  })

  it('gives a reason with every failure and every refused settlement', () => {
    for (const steps of lives) {
      for (let at = 1; at <= steps.length; at++) {
        const facts = factsAfter(steps, at)
        if (stageOf(facts) === 'failed') expect(facts.reason).not.toBe('')
        if (facts.settlement === '无法结算') expect(facts.remark).not.toBe('')
      }
    }
  })
})

describe('the truth', () => {
  it('is the sum of its changes at any time', () => {
    const orders = world(5, 200)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 199 }), fc.integer({ min: 0, max: 150 * 24 }), (index, hours) => {
        const nowMs = orders.createdMs(index) + hours * 3_600_000
        const truth = truthOf(orders, index, nowMs)
        const sum = Object.fromEntries(axes.map((axis) => [axis, null as unknown]))
        for (const change of truth.changes) for (const { axis, to } of change.moved) sum[axis] = to
        expect(sum).toEqual(truth.axes)
        expect(truth.version).toBe(versionAt(orders.steps(index), nowMs))
        expect(truth.changes.at(-1)).toMatchObject({ version: truth.version, stage: truth.stage })
        expect(truth.fields.updatedAt).toBe(truth.changes.at(-1)?.at)
      }),
    )
  })
})
