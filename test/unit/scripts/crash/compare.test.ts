import { describe, expect, it } from 'vitest'
import type { Axis, AxisValue } from '#domain/vocabulary.ts'
import { startPracticeGateway, type TruthOrder } from '#practice/gateway.ts'
import type { OrderDetail, OrderRow, StatusChange } from '#shared/contract/orders.ts'
import { compare, type Findings, type Held } from '../../../../scripts/crash/compare.ts'

const nothing: Findings = { lost: [], duplicated: [], wrong: [] }
const noWitness = { codes: () => [] }

/** Orders with long lives behind them. */
async function someTruth(): Promise<TruthOrder[]> {
  const gateway = await startPracticeGateway({ seed: 3, orders: 60, historyDays: 90, speed: 0 })
  await gateway.close()
  return gateway.truth()
}
const truth = await someTruth()

/** What a database holds that has seen every step. */
function perfect(order: TruthOrder, id: number): OrderDetail {
  const changes = order.changes.flatMap(({ moved, stage }) =>
    moved.map(({ axis, from, to }) => change(axis, from, to, stage)),
  )
  const { production: status, ...others } = order.axes
  const cells = Object.fromEntries(
    Object.entries({ status, ...others }).map(([name, value]) => [name, value?.word ?? null]),
  )
  const row = { id, type: order.type, stage: order.stage, goneUpstreamAt: null, ...order.fields, ...cells } as OrderRow
  return { row, original: '{}', changes: changes.toReversed() }
}

function change(axis: Axis, from: AxisValue | null, to: AxisValue, stage: TruthOrder['stage']): StatusChange {
  return { id: 1, axis, from, to, stage, backward: false, seenAt: 0, upstreamAt: null, pushed: false }
}

function found(spoil: (details: OrderDetail[]) => unknown, witness: Parameters<typeof compare>[2] = noWitness) {
  const details = truth.map((order, index) => structuredClone(perfect(order, index + 1)))
  spoil(details)
  const { lost, duplicated, wrong } = compare(truth, heldOf(details), witness)
  return { lost: lost.length, duplicated: duplicated.length, wrong: wrong.length }
}

function heldOf(details: readonly OrderDetail[]): Held {
  return { rows: details.map(({ row }) => row), details }
}

/** An order whose production went through at least five steps. */
const busy = truth.findIndex(({ changes }) => productionOf(changes).length >= 5)
function productionOf(changes: TruthOrder['changes']) {
  return changes.flatMap(({ moved }) => moved.filter(({ axis }) => axis === 'production'))
}
const production = (detail: OrderDetail): StatusChange[] => detail.changes.filter(({ axis }) => axis === 'production')
const drop = (detail: OrderDetail, gone: StatusChange | undefined): void => {
  detail.changes = detail.changes.filter((one) => one !== gone)
}

describe('holding a database to the truth', () => {
  it('finds nothing where every step was seen', () => {
    expect(compare(truth, heldOf(truth.map(perfect)), noWitness)).toEqual(nothing)
  })

  it('asks for no step that only a lost reply has shown', () => {
    const seenTwice = found((details) => {
      const told = production(details[busy]!)
      const [latest, first] = [told[0]!, told.at(-1)!]
      for (const step of told.slice(1, -1)) drop(details[busy]!, step)
      latest.from = first.to
    })
    expect(seenTwice).toEqual({ lost: 0, duplicated: 0, wrong: 0 })
  })

  it.each<[string, (details: OrderDetail[]) => unknown, Partial<Record<keyof Findings, number>>]>([
    ['an order that is missing', (details) => details.pop(), { lost: 1 }],
    ['an order that is there twice', (details) => details.push({ ...details[0]! }), { duplicated: 1 }],
    ['an order that never was', (details) => details.push(perfect({ ...truth[0]!, fields: {} }, 99)), { wrong: 1 }],
    ['an old stage', (details) => (details[0]!.row.stage = 'unknown'), { wrong: 1 }],
    ['an axis that shows what was', (details) => (details[busy]!.row.status = '已支付'), { wrong: 1 }],
    ['an axis that shows nothing', (details) => (details[busy]!.row.status = null), { wrong: 1 }],
    ['a mark of being gone that nothing earned', (details) => (details[0]!.row.goneUpstreamAt = 1), { wrong: 1 }],
    ['an old field', (details) => (details[0]!.row.updatedAt = '2020-01-01 00:00:00'), { wrong: 1 }],
    [
      'the other type',
      (details) => (details[0]!.row.type = truth[0]!.type === 'own' ? 'distributor' : 'own'),
      { wrong: 1 },
    ],
    ['a history that ends too early', (details) => drop(details[busy]!, production(details[busy]!)[0]), { wrong: 1 }],
    [
      'a step told twice',
      (details) => {
        const told = production(details[busy]!)
        details[busy]!.changes.unshift({ ...told[0]!, from: told[0]!.to })
      },
      { duplicated: 1 },
    ],
    [
      'a step that never was',
      (details) => (production(details[busy]!)[1]!.to = { word: null, code: '999' }),
      { wrong: 2 },
    ],
    ['a gap', (details) => drop(details[busy]!, production(details[busy]!)[2]), { wrong: 1 }],
  ])('finds %s', (_what, spoil, counts) => {
    expect(found(spoil)).toEqual({ lost: 0, duplicated: 0, wrong: 0, ...counts })
  })

  it('looks at the history of those orders only whose history it is given', () => {
    const { rows } = heldOf(truth.map(perfect))
    expect(compare(truth, { rows, details: [] }, noWitness)).toEqual(nothing)
  })

  it('misses a step that a durable reply has shown', () => {
    const { orderNo, changes } = truth[busy]!
    const shown = productionOf(changes).map(({ to }) => to.code ?? '')
    const witness = {
      codes: (asked: string, axis: Axis) => (asked === orderNo && axis === 'production' ? shown : []),
    }
    expect(found(() => undefined, witness)).toEqual({ lost: 0, duplicated: 0, wrong: 0 })
    const lacking = found((details) => {
      const told = production(details[busy]!)
      told[1]!.from = told[2]!.from
      drop(details[busy]!, told[2])
    }, witness)
    expect(lacking).toEqual({ lost: 1, duplicated: 0, wrong: 0 })
  })
})
