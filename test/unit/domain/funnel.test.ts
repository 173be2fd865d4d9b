import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { farthestStep, median, stepAfter, stepNumber, stepReader, stepTimes, type Moment } from '#domain/funnel.ts'
import { fromBeijing } from '#domain/beijing-time.ts'
import { correctionsOf } from '#domain/status/corrections.ts'
import { funnelSteps, stages, type Axis, type AxisValue, type FunnelStep, type Stage } from '#domain/vocabulary.ts'

const word = (text: string): AxisValue => ({ word: text, code: null })
const code = (text: string): AxisValue => ({ word: null, code: text })
const ganTanHao = { profile: 'ganTanHao' } as const

function reached(
  moment: Partial<Moment>,
  codes: Parameters<typeof farthestStep>[1] = ganTanHao,
): FunnelStep | undefined {
  return funnelSteps[farthestStep({ stage: 'unknown', axes: {}, ...moment }, codes)]
}

describe('the farthest step of the funnel', () => {
  it.each<[string, Partial<Moment>, FunnelStep]>([
    ['nothing is known', {}, 'placed'],
    ['it waits for review', { stage: 'processing', axes: { production: word('待审核') } }, 'placed'],
    ['it is in review', { stage: 'processing', axes: { production: word('审核中') } }, 'placed'],
    ['a photo is wanted', { stage: 'needsMerchant', axes: { production: word('等待上传照片') } }, 'placed'],
    ['review failed', { stage: 'failed', axes: { production: word('信息审核失败') } }, 'placed'],
    ['it was cancelled', { stage: 'gone', axes: { production: word('订单终止') } }, 'placed'],
    ['it was approved', { stage: 'processing', axes: { production: word('审核通过') } }, 'approved'],
    ['the card is to be made', { stage: 'processing', axes: { production: word('待开卡') } }, 'approved'],
    ['a code says so', { stage: 'processing', axes: { production: code('450') } }, 'approved'],
    [
      'making the card failed, which comes after review',
      { stage: 'failed', axes: { production: word('开卡失败') } },
      'approved',
    ],
    ['it is to be sent', { stage: 'processing', axes: { production: word('待发货') } }, 'approved'],
    ['it was sent', { stage: 'shipped', axes: { production: word('已发货') } }, 'shipped'],
    [
      'it failed later but has a shipping time',
      { stage: 'failed', fields: { shippedAt: '2026-11-01 00:00:00' } },
      'shipped',
    ],
    ['it was refused at the door', { stage: 'shipped', axes: { production: word('已拒签') } }, 'shipped'],
    ['its settlement failed, so there was something to settle', { stage: 'settlementFailed' }, 'shipped'],
    ['it was activated', { stage: 'shipped', axes: { activation: code('1') } }, 'activated'],
    [
      'the number was stopped, so it had been active',
      { stage: 'gone', axes: { activation: word('停机') } },
      'activated',
    ],
    [
      'it ended but has an activation time',
      { stage: 'gone', fields: { activatedAt: '2026-11-01 00:00:00' } },
      'activated',
    ],
    ['it is not activated', { stage: 'shipped', axes: { activation: code('0') } }, 'shipped'],
    ['it was recharged', { stage: 'gone', axes: { recharge: code('1') } }, 'recharged'],
    ['it has a recharge time', { fields: { rechargedAt: '2026-11-01 00:00:00' } }, 'recharged'],
    ['it was settled', { stage: 'settled' }, 'settled'],
    [
      'it has a settlement time and ended later',
      { stage: 'gone', fields: { settledAt: '2026-11-01 00:00:00' } },
      'settled',
    ],
    [
      'the settlement time is that of a refusal',
      {
        stage: 'settlementFailed',
        axes: { settlement: word('无法结算') },
        fields: { settledAt: '2026-11-01 00:00:00' },
      },
      'shipped',
    ],
  ])('where %s', (_what, moment, step) => {
    expect(reached(moment)).toBe(step)
  })

  it('reads codes by their system, and not at all where that is not known', () => {
    expect(reached({ axes: { production: code('500') } })).toBe('approved')
    expect(reached({ axes: { production: code('500') } }, { profile: 'unknown' })).toBe('placed')
  })

  it('believes the merchant', () => {
    const words = [{ axis: 'production' as const, word: '归档', means: 'activated' as const }]
    const corrections = correctionsOf({ words, codes: [] } as unknown as Parameters<typeof correctionsOf>[0])
    expect(reached({ axes: { production: word('归档') } }, { profile: 'unknown', corrections })).toBe('activated')
  })

  const axisOf = fc.constantFrom<Axis>('production', 'activation', 'recharge', 'settlement', 'refund')
  const said = fc.constantFrom(
    '待审核',
    '待开卡',
    '已发货',
    '已激活',
    '已首充',
    '已结算',
    '无法结算',
    '停机',
    '1',
    '0',
    '',
  )
  const moment = fc.record({
    stage: fc.constantFrom<Stage>(...stages),
    axes: fc.dictionary(axisOf, said.map(word), { maxKeys: 5 }) as fc.Arbitrary<Moment['axes']>,
  })

  it('only ever grows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5 }), fc.array(moment, { maxLength: 5 }), (before, moments) => {
        const after = stepAfter(before, moments, ganTanHao)
        expect(after).toBeGreaterThanOrEqual(before)
        expect(after).toBe(Math.max(before, ...moments.map((one) => farthestStep(one, ganTanHao))))
      }),
    )
  })

  it('stays unknown until it has been found out from the whole history', () => {
    expect(stepAfter(null, [{ stage: 'settled', axes: {} }], ganTanHao)).toBeNull()
  })
})

describe('when an order reached a step', () => {
  const seen = (day: number): number => fromBeijing(`2026-11-0${day} 12:00:00`)
  const times = (order: Partial<Parameters<typeof stepTimes>[0]>) =>
    stepTimes({ fields: {}, firstSeenAt: seen(1), history: [], ...order }, stepReader(ganTanHao))
  const entry = (to: AxisValue, day: number, upstreamAt: string | null = null) => ({
    axis: 'production' as const,
    to,
    seenAt: seen(day),
    upstreamAt,
  })
  const at = (step: FunnelStep): number => stepNumber(step)

  it("is the field's own time", () => {
    const found = times({ fields: { createdAt: '2026-11-01 08:00:00', activatedAt: '2026-11-05 09:00:00' } })
    expect(found[at('placed')]).toBe(fromBeijing('2026-11-01 08:00:00'))
    expect(found[at('activated')]).toBe(fromBeijing('2026-11-05 09:00:00'))
    expect(found[at('shipped')]).toBeNull()
  })

  it("is else the upstream's time of the first change that says so, else when that was seen", () => {
    const history = [
      entry(word('待开卡'), 2, '2026-11-02 07:00:00'),
      entry(word('待发货'), 3),
      entry(word('已发货'), 4),
    ]
    const found = times({ history })
    expect(found[at('approved')]).toBe(fromBeijing('2026-11-02 07:00:00'))
    expect(found[at('shipped')]).toBe(seen(4))
  })

  it('is not known where the first pull found it so', () => {
    expect(times({ history: [entry(word('已发货'), 1)] })[at('shipped')]).toBeNull()
  })

  it('is not known where a later step came without it', () => {
    expect(times({ history: [entry(word('已发货'), 3)] })[at('approved')]).toBeNull()
  })

  it('is not taken from what is no time', () => {
    expect(times({ fields: { shippedAt: '昨天' } })[at('shipped')]).toBeNull()
  })
})

it.each([
  [[], null],
  [[5], 5],
  [[9, 1, 5], 5],
  [[1, 2, 3, 4], 2],
])('the median of %o is %o', (values, middle) => {
  expect(median(values)).toBe(middle)
})
