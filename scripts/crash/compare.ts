import { axes, type Axis, type OrderField } from '#domain/vocabulary.ts'
import type { TruthOrder } from '#practice/gateway.ts'
import type { OrderDetail, OrderRow, StatusChange } from '#shared/contract/orders.ts'
import type { Witness } from './witness.ts'

/** What the database holds otherwise than it must, one line each. */
export interface Findings {
  lost: string[]
  duplicated: string[]
  wrong: string[]
}

export function noFindings(): Findings {
  return { lost: [], duplicated: [], wrong: [] }
}

/** What the database holds: every order, and the history of those that are to be looked at. */
export interface Held {
  readonly rows: readonly OrderRow[]
  readonly details: readonly OrderDetail[]
}

/**
 * Holds the database to the gateway's truth: every order once, its latest state on every axis and field, and a history
 * that tells what happened, in its order, each step once, with every change that a durable reply has shown.
 */
export function compare(
  truth: readonly TruthOrder[],
  { rows, details }: Held,
  witness: Pick<Witness, 'codes'>,
): Findings {
  const findings = noFindings()
  const byNumber = Map.groupBy(rows, ({ orderNo }) => orderNo)
  const histories = new Map(details.map((detail) => [detail.row.id, detail.changes]))
  for (const order of truth) {
    const [row, ...doubles] = byNumber.get(order.orderNo) ?? []
    byNumber.delete(order.orderNo)
    if (row === undefined) {
      findings.lost.push(`order ${order.orderNo}`)
      continue
    }
    if (doubles.length > 0) findings.duplicated.push(`order ${order.orderNo}`)
    compareState(order, row, findings)
    const history = histories.get(row.id)
    if (history === undefined) continue
    for (const axis of axes) compareHistory(order, axis, history, witness.codes(order.orderNo, axis), findings)
  }
  for (const orderNo of byNumber.keys()) findings.wrong.push(`order ${orderNo} never was`)
  return findings
}

/** The column that shows an axis as it is. */
const columnOf = {
  production: 'status',
  activation: 'activation',
  recharge: 'recharge',
  settlement: 'settlement',
  refund: 'refund',
} as const satisfies Record<Axis, keyof OrderRow>

function compareState(order: TruthOrder, row: OrderRow, { wrong }: Findings): void {
  const differs = (what: string, is: unknown, must: unknown): void => {
    if (is !== must) wrong.push(`order ${order.orderNo}: ${what} is ${String(is)}, must be ${String(must)}`)
  }
  differs('type', row.type, order.type)
  differs('stage', row.stage, order.stage)
  differs('gone upstream', row.goneUpstreamAt, null)
  for (const axis of axes) {
    const value = order.axes[axis]
    // Where the upstream sends no word, its code is shown.
    const is = row[columnOf[axis]]
    differs(axis, is, is !== null && is === value?.code ? is : (value?.word ?? null))
  }
  for (const [field, value] of Object.entries(order.fields)) differs(field, row[field as OrderField], value)
}

function compareHistory(
  order: TruthOrder,
  axis: Axis,
  changes: readonly StatusChange[],
  shownCodes: readonly string[],
  { lost, duplicated, wrong }: Findings,
): void {
  const told = changes.filter((change) => change.axis === axis).toReversed()
  const codes = told.map(({ to }) => to.code)
  const life = order.changes.flatMap(({ moved }) => moved.filter((move) => move.axis === axis).map(({ to }) => to.code))
  const what = `order ${order.orderNo}: ${axis} [${codes.join(' ')}]`
  if (codes.some((code, at) => at > 0 && code === codes[at - 1])) duplicated.push(`${what} repeats itself`)
  else if (!isPartOf(codes, life)) wrong.push(`${what} is not how it went [${life.join(' ')}]`)
  if (!isPartOf(shownCodes, codes))
    lost.push(`${what} lacks some of what durable replies showed [${shownCodes.join(' ')}]`)
  if (!isChained(told)) wrong.push(`${what} has gaps between from and to`)
  const must = order.axes[axis]?.code ?? null
  if ((codes.at(-1) ?? null) !== must) wrong.push(`${what} must end with ${String(must)}`)
}

/** The same values in the same order, with others between them at most. */
function isPartOf<T>(part: readonly T[], all: readonly T[]): boolean {
  let found = 0
  for (const value of all) if (found < part.length && value === part[found]) found += 1
  return found === part.length
}

function isChained(told: readonly StatusChange[]): boolean {
  return told.every(({ from }, at) => (from?.code ?? null) === (told[at - 1]?.to.code ?? null))
}
