import { axes, type Axis, type OrderField } from '#domain/vocabulary.ts'
import type { TruthOrder } from '#practice/gateway.ts'
import type { OrderDetail, StatusChange } from '#shared/contract/orders.ts'
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

/**
 * Holds the database to the gateway's truth: every order once, its latest state on every axis and field, and a history
 * that tells what happened, in its order, each step once, with every change that a durable reply has shown.
 */
export function compare(
  truth: readonly TruthOrder[],
  held: readonly OrderDetail[],
  witness: Pick<Witness, 'codes'>,
): Findings {
  const findings = noFindings()
  const byNumber = Map.groupBy(held, ({ row }) => row.orderNo)
  for (const order of truth) {
    const [detail, ...doubles] = byNumber.get(order.orderNo) ?? []
    byNumber.delete(order.orderNo)
    if (detail === undefined) {
      findings.lost.push(`order ${order.orderNo}`)
      continue
    }
    if (doubles.length > 0) findings.duplicated.push(`order ${order.orderNo}`)
    compareState(order, detail, findings)
    for (const axis of axes) compareHistory(order, axis, detail, witness.codes(order.orderNo, axis), findings)
  }
  for (const orderNo of byNumber.keys()) findings.wrong.push(`order ${orderNo} never was`)
  return findings
}

function compareState(order: TruthOrder, { row }: OrderDetail, { wrong }: Findings): void {
  const differs = (what: string, is: unknown, must: unknown): void => {
    if (is !== must) wrong.push(`order ${order.orderNo}: ${what} is ${String(is)}, must be ${String(must)}`)
  }
  differs('type', row.type, order.type)
  differs('stage', row.stage, order.stage)
  for (const [field, value] of Object.entries(order.fields)) differs(field, row[field as OrderField], value)
}

function compareHistory(
  order: TruthOrder,
  axis: Axis,
  { changes }: OrderDetail,
  shown: readonly string[],
  { lost, duplicated, wrong }: Findings,
): void {
  const told = changes.filter((change) => change.axis === axis).toReversed()
  const codes = told.map(({ to }) => to.code)
  const life = order.changes.flatMap(({ moved }) => moved.filter((move) => move.axis === axis).map(({ to }) => to.code))
  const what = `order ${order.orderNo}: ${axis} [${codes.join(' ')}]`
  if (codes.some((code, at) => at > 0 && code === codes[at - 1])) duplicated.push(`${what} repeats itself`)
  else if (!isPartOf(codes, life)) wrong.push(`${what} is not how it went [${life.join(' ')}]`)
  if (!isPartOf(shown, codes)) lost.push(`${what} lacks some of what durable replies showed [${shown.join(' ')}]`)
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
