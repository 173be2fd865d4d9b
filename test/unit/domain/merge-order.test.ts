import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MappedOrder } from '#domain/mapper/types.ts'
import { emptyAxes, mergeOrder, type MergedOrder, type StoredOrder } from '#domain/merge-order.ts'
import { computeStage } from '#domain/status/stage.ts'
import {
  axes as allAxes,
  orderFields,
  type Axis,
  type AxisValue,
  type CodeProfile,
  type OrderFields,
} from '#domain/vocabulary.ts'

const word = (text: string): AxisValue => ({ word: text, code: null })
const code = (text: string): AxisValue => ({ word: null, code: text })

interface Said {
  fields?: OrderFields
  profile?: CodeProfile
  axes?: Partial<Record<Axis, AxisValue>>
}
function incoming({ fields = {}, profile = 'ganTanHao', axes = {} }: Said): MappedOrder {
  const whole = { ...emptyAxes(), ...axes }
  const stage = computeStage(whole, profile)
  const upstreamAt = fields.updatedAt ?? null
  return {
    orderNo: 'A1',
    fields: { orderNo: 'A1', ...fields },
    axes: whole,
    stage,
    upstreamAt,
    original: '{}',
    profile,
  }
}
/** Merges one after the other. */
function merge(...said: Said[]): MergedOrder {
  let stored: StoredOrder | null = null
  let merged: MergedOrder | null = null
  for (const one of said) {
    merged = mergeOrder(stored, incoming(one))
    stored = merged
  }
  return merged!
}

describe('fields', () => {
  it('of a new order are taken as they are', () => {
    const merged = merge({ fields: { phone: '13800138000' } })
    expect(merged.kind).toBe('new')
    expect(merged.fields).toEqual({ orderNo: 'A1', phone: '13800138000' })
  })
  it('that a reply lacks or leaves empty stay', () => {
    const merged = merge({ fields: { phone: '13800138000', remark: 'x' } }, { fields: { remark: '' } }, { fields: {} })
    expect(merged.fields).toMatchObject({ phone: '13800138000', remark: 'x' })
    expect(merged.kind).toBe('unchanged')
  })
  it('that differ are replaced, and that is a change without history', () => {
    const merged = merge({ fields: { trackingNo: 'SF1' } }, { fields: { trackingNo: 'SF2' } })
    expect(merged).toMatchObject({ kind: 'changed', changes: [], fields: { trackingNo: 'SF2' } })
  })
  it.each([
    ['phone', '13800130013', '138****0013'],
    ['customerName', '张三', '张*'],
    ['idNumber', '110101199003071234', '110101********1234'],
    ['address', '科技路1号', '科技****'],
  ] as const)('a masked %s never replaces the full one', (field, full, masked) => {
    expect(merge({ fields: { [field]: full } }, { fields: { [field]: masked } })).toMatchObject({
      kind: 'unchanged',
      fields: { [field]: full },
    })
    expect(merge({ fields: { [field]: masked } }, { fields: { [field]: full } }).fields[field]).toBe(full)
    expect(merge({}, { fields: { [field]: masked } }).fields[field]).toBe(masked)
  })
  it('a remark with stars is no masked remark', () => {
    expect(merge({ fields: { remark: '好' } }, { fields: { remark: '**加急**' } }).fields.remark).toBe('**加急**')
  })
})

describe('axes', () => {
  it('of a new order begin its history, one entry for each that is stated', () => {
    const { changes, stage } = merge({
      axes: { production: { word: '已发货', code: '550' }, activation: code('0') },
      fields: { shippedAt: '2024-09-03 10:00:00', updatedAt: '2024-09-04 00:00:00' },
    })
    expect(stage).toBe('shipped')
    expect(changes).toEqual([
      {
        axis: 'production',
        from: null,
        to: { word: '已发货', code: '550' },
        stage: 'shipped',
        backward: false,
        upstreamAt: '2024-09-03 10:00:00',
      },
      {
        axis: 'activation',
        from: null,
        to: code('0'),
        stage: 'shipped',
        backward: false,
        upstreamAt: '2024-09-04 00:00:00',
      },
    ])
  })

  it('that a reply is silent about stay, and the stage with them', () => {
    const merged = merge(
      { axes: { production: code('550'), activation: code('1') } },
      { axes: { production: code('550') } },
    )
    expect(merged).toMatchObject({ kind: 'unchanged', stage: 'activated', axes: { activation: code('1') } })
  })

  it('each write their own history: 敢探号 keeps 550 for ever', () => {
    const stored = merge({ axes: { production: code('550'), activation: code('0'), recharge: code('0') } })
    const merged = mergeOrder(
      stored,
      incoming({
        axes: { production: code('550'), activation: code('1'), recharge: code('1') },
        fields: { activatedAt: '2024-09-05 08:00:00', rechargedAt: '2024-09-06 09:00:00' },
      }),
    )
    expect(merged.changes).toEqual([
      {
        axis: 'activation',
        from: code('0'),
        to: code('1'),
        stage: 'recharged',
        backward: false,
        upstreamAt: '2024-09-05 08:00:00',
      },
      {
        axis: 'recharge',
        from: code('0'),
        to: code('1'),
        stage: 'recharged',
        backward: false,
        upstreamAt: '2024-09-06 09:00:00',
      },
    ])
  })

  it.each([
    ['the same code', code('550'), code('550'), 0],
    ['another code', code('500'), code('550'), 1],
    ['another code under the same words', { word: '审核', code: '1' }, { word: '审核', code: '2' }, 1],
    ['another word', word('待发货'), word('已发货'), 1],
    ['the same word', word('待发货'), word('待发货'), 0],
    ['words gained for the same code', code('550'), { word: '已发货', code: '550' }, 0],
    ['words lost for the same code', { word: '已发货', code: '550' }, code('550'), 0],
    ['words of the same stage under one code', { word: '已发货', code: '550' }, { word: '已签收', code: '550' }, 0],
    ['words of another stage under one code', { word: '已发货', code: '550' }, { word: '已取消', code: '550' }, 1],
    ['a code for the word it stands for', word('已发货'), code('550'), 0],
    ['a word for the code it stands for', code('550'), word('已发货'), 0],
    ['a code that stands for another word', word('待发货'), code('550'), 1],
    ['a code that nobody knows', word('待发货'), code('31'), 1],
  ])('%s: %j then %j makes %i entries', (_title, from, to, count) => {
    const stored = merge({ axes: { production: from } })
    const merged = mergeOrder(stored, incoming({ axes: { production: to } }))
    expect(merged.changes).toHaveLength(count)
  })

  it('keep words and code together once both are known', () => {
    const merged = merge({ axes: { production: word('已发货') } }, { axes: { production: code('550') } })
    expect(merged).toMatchObject({ kind: 'changed', axes: { production: { word: '已发货', code: '550' } } })
  })

  it('never pair a new code with the old code’s words', () => {
    const merged = merge(
      { axes: { production: { word: '待发货', code: '500' } } },
      { axes: { production: code('550') } },
    )
    expect(merged.axes.production).toEqual(code('550'))
  })
})

describe('backward moves', () => {
  it.each([
    ['production', '-460', '450', true],
    ['production', '0', '550', true],
    ['production', '550', '500', true],
    ['production', '500', '550', false],
    ['production', '200', '-200', false],
    ['production', '-200', '200', false],
    ['production', '550', '-460', false],
    ['production', '550', '0', false],
    ['activation', '1', '0', true],
    ['activation', '0', '1', false],
    ['recharge', '1', '0', true],
    ['refund', '300', '0', true],
    ['refund', '0', '300', false],
    ['production', '550', '31', false],
  ] as const)('%s from %s to %s: %s', (axis, from, to, backward) => {
    const { changes } = merge({ axes: { [axis]: code(from) } }, { axes: { [axis]: code(to) } })
    expect(changes).toMatchObject([{ axis, backward }])
  })

  it.each([
    ['activation', '已激活', '停机', true],
    ['activation', '已激活', '已销户', true],
    ['settlement', '已结算', '待结算', true],
    ['settlement', '已结算', '无法结算', true],
    ['settlement', '无法结算', '已结算', false],
    ['settlement', '待结算', '无法结算', false],
    ['production', '审核失败', '待审核', true],
    ['production', '已取消', '待发货', true],
  ] as const)('%s from %s to %s: %s', (axis, from, to, backward) => {
    const { changes } = merge({ axes: { [axis]: word(from) } }, { axes: { [axis]: word(to) } })
    expect(changes).toMatchObject([{ axis, backward }])
  })
})

describe('the upstream’s own time', () => {
  it('of a withdrawn activation is not the time at which it was activated', () => {
    const { changes } = merge(
      { axes: { activation: code('1') }, fields: { activatedAt: '2024-09-05 08:00:00' } },
      {
        axes: { activation: code('0') },
        fields: { activatedAt: '2024-09-05 08:00:00', updatedAt: '2024-09-09 00:00:00' },
      },
    )
    expect(changes).toMatchObject([{ upstreamAt: '2024-09-09 00:00:00' }])
  })
  it('is null where the reply gives none', () => {
    expect(merge({ axes: { production: code('550') } }).changes).toMatchObject([{ upstreamAt: null }])
  })
})

it('keeps a known stage where a reply is too small to show its system', () => {
  const merged = merge({ axes: { production: code('550') } }, { profile: 'unknown', axes: { production: code('550') } })
  expect(merged).toMatchObject({ kind: 'unchanged', stage: 'shipped' })
})

describe('whatever is merged', () => {
  const value = fc.oneof(
    fc.record({
      word: fc.constantFrom(null, '已发货', '待审核', '已激活', '未激活', '已取消', '奇怪'),
      code: fc.constantFrom(null, '0', '1', '550', '500', '31'),
    }),
    fc.constant(null),
  )
  const said = fc.record({
    fields: fc.dictionary(
      fc.constantFrom(...orderFields),
      fc.constantFrom('', 'x', '张三', '张*', '138****0013', '13800130013'),
    ),
    axes: fc.record(Object.fromEntries(allAxes.map((axis) => [axis, value]))),
    profile: fc.constantFrom('ganTanHao', 'guangMengYun', 'unknown'),
  }) as fc.Arbitrary<Said>

  it('the same twice is unchanged the second time', () => {
    fc.assert(
      fc.property(fc.array(said, { maxLength: 3 }), said, (before, last) => {
        const once = merge(...before, last)
        const twice = mergeOrder(once, incoming(last))
        expect(twice.kind).toBe('unchanged')
        expect(twice.changes).toEqual([])
        expect({ fields: twice.fields, axes: twice.axes, stage: twice.stage }).toEqual({
          fields: once.fields,
          axes: once.axes,
          stage: once.stage,
        })
      }),
      { numRuns: 500 },
    )
  })

  it('no field and no axis is ever lost', () => {
    fc.assert(
      fc.property(said, said, (first, second) => {
        const one = merge(first)
        const two = mergeOrder(one, incoming(second))
        for (const field of Object.keys(one.fields) as (keyof OrderFields)[]) expect(two.fields[field]).toBeTruthy()
        for (const axis of allAxes) if (one.axes[axis] !== null) expect(two.axes[axis]).not.toBeNull()
      }),
    )
  })
})
