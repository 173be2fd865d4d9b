import type { Axis } from '../vocabulary.ts'
import type { Column } from './column.ts'
import { fit } from './fit.ts'
import { looksOf, type Looks } from './looks.ts'
import { claimsOf, type NameClaim } from './names.ts'
import type { PathStats } from './survey.ts'
import { readTime, type ReadTime } from './times.ts'

/** A path with its looks and the columns its name claims. */
export interface Field {
  path: readonly string[]
  key: string
  stats: PathStats
  looks: Looks
  claims: readonly NameClaim[]
}

/** Paths that feed a column, best first; a later one speaks where the earlier ones are empty. */
export type Assignment = Map<Column, Assigned[]>
export interface Assigned {
  field: Field
  confidence: number
}

interface Candidate extends Assigned {
  column: Column
  weight: number
}

/** A further path joins a column only where its name alone nearly says so. */
const sureName = 0.6

export function fieldsOf(stats: readonly PathStats[], time: ReadTime = readTime): Field[] {
  return stats.map((one) => ({
    path: one.path,
    key: one.path.join('.'),
    stats: one,
    looks: looksOf(one.samples, time),
    claims: claimsOf(one.path),
  }))
}

/**
 * Gives every path to at most one column: the surest pairs of path and column first, so that a doubtful field (name,
 * phone) goes where the others have left a place. `taken` are paths that already feed something, or must feed nothing;
 * `closed` are columns that are not to be fed.
 */
export function assign(
  fields: readonly Field[],
  taken: ReadonlySet<string>,
  closed: ReadonlySet<Column> = new Set(),
): Assignment {
  const assignment: Assignment = new Map()
  const used = new Set(taken)
  const candidates = fields
    .filter((field) => !used.has(field.key))
    .flatMap(candidatesOf)
    .filter(({ column }) => !closed.has(column))
    .sort((one, other) => other.confidence - one.confidence)
  for (const candidate of candidates) {
    if (used.has(candidate.field.key) || assignment.has(candidate.column)) continue
    assignment.set(candidate.column, [candidate])
    used.add(candidate.field.key)
  }
  assignByLooks(fields, assignment, used, closed)
  if (!closed.has('customerName')) assignCustomer(fields, assignment, used)
  for (const candidate of candidates) {
    if (used.has(candidate.field.key) || candidate.weight < sureName) continue
    assignment.get(candidate.column)?.push(candidate)
    used.add(candidate.field.key)
  }
  return assignment
}

function candidatesOf(field: Field): Candidate[] {
  return field.claims.flatMap(({ column, weight }) => {
    if (column === 'orderNo') return []
    const look = fit(column, field.looks)
    if (look < leastLook(weight)) return []
    return [{ column, weight, field, confidence: confidenceOf(weight, look) }]
  })
}

/** The weaker a name, the more its values must agree. */
export function leastLook(weight: number): number {
  return weight >= 0.8 ? -0.7 : weight >= 0.5 ? -0.45 : 0.1
}

export function confidenceOf(weight: number, look: number): number {
  return Math.round(Math.max(0.05, Math.min(1, weight * 0.75 + (look + 1) * 0.125)) * 100) / 100
}

/** Columns whose values can be told without any name. Each: the least look, and the confidence such a find is worth. */
const byLooks: readonly (readonly [Column, (looks: Looks) => boolean, number])[] = [
  ['idNumber', (looks) => looks.idNumber >= 0.9, 0.5],
  ['iccid', (looks) => looks.iccid >= 0.9, 0.5],
  ['phone', (looks) => looks.phone >= 0.9, 0.45],
  ['producedNumber', (looks) => looks.phone >= 0.9, 0.4],
  ['trackingNo', (looks) => looks.tracking >= 0.9 && looks.formattedTime === 0, 0.45],
  ['courier', (looks) => looks.courier >= 0.9 && looks.averageLength <= 10, 0.45],
  ['province', (looks) => looks.province >= 0.9, 0.45],
  ['city', (looks) => looks.city >= 0.9, 0.4],
  ['district', (looks) => looks.district >= 0.9, 0.4],
  ['production', (looks) => looks.statusWord >= 0.9 && looks.averageLength <= 12, 0.4],
  ['customerName', (looks) => looks.person >= 0.9 && looks.distinct > 0.5, 0.35],
  ['address', (looks) => looks.street >= 0.9, 0.35],
  ['productName', (looks) => looks.product >= 0.9 && looks.averageLength >= 5, 0.35],
]

/** A name that speaks of somebody else: the agent's phone is not the customer's. */
const somebodyElse = /agent|share|shop|seller|sales|service|admin|upper|代理|分销|推广|业务员|客服|店/i

function assignByLooks(
  fields: readonly Field[],
  assignment: Assignment,
  used: Set<string>,
  closed: ReadonlySet<Column>,
): void {
  for (const [column, looksLike, confidence] of byLooks) {
    if (assignment.has(column) || closed.has(column)) continue
    const phone = column === 'producedNumber' ? assignment.get('phone')?.[0]?.field : undefined
    const field = fields.find(
      (one) =>
        one.looks.count > 0 &&
        !used.has(one.key) &&
        looksLike(one.looks) &&
        !somebodyElse.test(one.key) &&
        !says(one, column) &&
        (phone === undefined || isAnotherNumber(one, phone)),
    )
    if (field === undefined) continue
    assignment.set(column, [{ field, confidence }])
    used.add(field.key)
  }
}

const eliminated = 0.3
const shortName = 6

/**
 * A field called just `name` is the product's or the customer's. Where its values do not tell (a rare surname, a name
 * from a minority language), what the others have left decides: the product has a field of its own, or the values are
 * short Chinese words that name no product.
 */
function assignCustomer(fields: readonly Field[], assignment: Assignment, used: Set<string>): void {
  if (assignment.has('customerName')) return
  const productIsKnown = assignment.has('productName')
  const field = fields.find(
    ({ key, claims, looks }) =>
      !used.has(key) &&
      claims.some(({ column }) => column === 'customerName') &&
      fit('customerName', looks) >= leastLook(0.5) &&
      (productIsKnown || (looks.han > 0.8 && looks.product < 0.2 && looks.averageLength <= shortName)),
  )
  if (field === undefined) return
  assignment.set('customerName', [{ field, confidence: eliminated }])
  used.add(field.key)
}

const contact = /contact|address|receiv|link|user|customer|consign|联系|收货|收件|客户/i

/** A second phone-like field is the produced number only where its values differ and its name is not a contact's. */
function isAnotherNumber(field: Field, phone: Field): boolean {
  if (contact.test(field.key)) return false
  const known = new Set(phone.stats.samples)
  return field.stats.samples.filter((text) => known.has(text)).length < field.stats.samples.length / 2
}

/** True where the name surely means another column, which something better already feeds. */
function says(field: Field, column: Column): boolean {
  const claim = field.claims[0]
  const phoneLike = column === 'phone' || column === 'producedNumber'
  return claim !== undefined && claim.weight >= sureName && claim.column !== column && !phoneLike
}

export const axisColumns: readonly Axis[] = ['production', 'activation', 'recharge', 'settlement', 'refund']
