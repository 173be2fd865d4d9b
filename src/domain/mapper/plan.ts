import { isObject, jsonText, type Json } from '../json.ts'
import { chooseProfile } from '../status/profile.ts'
import { orderFields, type Axis, type CodeProfile, type OrderField } from '../vocabulary.ts'
import { axisColumns, fieldsOf, type Assignment, type Field } from './assign.ts'
import { planAxis, type AxisPlan } from './axes.ts'
import { codeOf } from './code-of.ts'
import { normalName } from './names.ts'
import { hashText } from './hash.ts'
import { NumberEvidence } from './number-evidence.ts'
import { chooseOrderNumber, unnamedFields, type FieldEvidence, type OrderNumber } from './order-number.ts'
import { plainReading, type Reading } from './rules.ts'
import { assignRuled, ruledFields, type RuledFields } from './ruled-fields.ts'
import { Survey } from './survey.ts'
import { valueAt } from './value-at.ts'
import type { FieldMapping } from './types.ts'

/** How the elements of one reply are read: decided once, from all of them, then applied to each. */
export interface MappingPlan {
  orderNo: readonly (readonly string[])[]
  /** An element without a number is known by the key under which it stood. */
  numberByKey: boolean
  /** Why an element without a number is unreadable: it has none, or the only candidate repeats everywhere. */
  withoutNumber: 'noOrderNumber' | 'orderNumberRepeats'
  columns: readonly { column: OrderField; paths: readonly (readonly string[])[] }[]
  axes: readonly { axis: Axis; plan: AxisPlan }[]
  profile: CodeProfile
  fields: readonly FieldMapping[]
  unused: readonly string[]
  reading: Reading
}

/** What all elements of a reply show, and what the plan is made from besides. */
export interface PlanBasis {
  survey: Survey
  fields: readonly Field[]
  unnamed: FieldEvidence['unnamed']
  /** What the account's codes were known to be. */
  before: CodeProfile | undefined
  /** What the merchant decided. */
  reading: Reading
}

/**
 * Makes the plan for elements at hand. `originals` are their JSON texts; `before` is what the account's codes were known
 * to be; `reading` what the merchant decided.
 */
export function makePlan(
  elements: readonly Json[],
  originals: readonly string[],
  before?: CodeProfile,
  reading: Reading = plainReading,
): MappingPlan {
  const steps = planSteps(elements, originals, before, reading)
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  return step.value
}

/** The same, element by element: whoever makes it may let others have their turn in between. */
export function* planSteps(
  elements: readonly Json[],
  originals: readonly string[],
  before?: CodeProfile,
  reading: Reading = plainReading,
): Generator<void, MappingPlan> {
  const survey = new Survey()
  for (const [index, value] of elements.entries()) {
    const original = originals[index] ?? jsonText(value)
    survey.add({ index, key: null, value, original, fault: null })
    yield
  }
  const fields = fieldsOf(survey.stats, reading.time)
  const unnamed = evidenceFor(unnamedFields(fields, survey.numbers, survey.elements))
  if (unnamed !== null)
    for (const [index, value] of elements.entries()) {
      unnamed.add(isObject(value) ? value : null, index, hashText(originals[index] ?? ''))
      yield
    }
  return planOf({ survey, fields, unnamed, before, reading })
}

/** What gathers the evidence about these fields; null: there are none. */
export function evidenceFor(fields: readonly Field[]): NumberEvidence | null {
  if (fields.length === 0) return null
  const evidence = new NumberEvidence()
  for (const { path } of fields) evidence.watch(path, 0)
  return evidence
}

export function planOf({ survey, fields, unnamed, before, reading }: PlanBasis): MappingPlan {
  const elements = survey.sample.elements
  const ruled = ruledFields(reading.rules, fields)
  const number = chooseOrderNumber(fields, { named: survey.numbers, unnamed }, survey.elements)
  const numbers = numberFieldsOf(number, ruled)
  const taken = new Set([...numbers, ...numberFieldsOf(number, new Map())].map(({ key }) => key))
  const assignment = assignRuled(fields, taken, ruled)
  const profile = reading.rules.profile ?? chooseProfile(evidenceOf(fields, assignment, elements), before)
  if (!ruled.has('recharge')) stateRechargeByAmount(assignment, profile)
  const confidence = ruled.has('orderNo') ? 1 : (number?.confidence ?? 0)
  if (numbers.length > 0)
    assignment.set(
      'orderNo',
      numbers.map((field) => ({ field, confidence })),
    )
  const repeats = number === null && !ruled.has('orderNo') && fields.some(isNumberByName)
  return {
    reading,
    orderNo: numbers.map(({ path }) => path),
    numberByKey: !ruled.has('orderNo') || numbers.length === 0,
    withoutNumber: repeats ? 'orderNumberRepeats' : 'noOrderNumber',
    columns: orderFields
      .filter((column) => column !== 'orderNo' && assignment.has(column))
      .map((column) => ({ column, paths: pathsOf(assignment, column) })),
    axes: axisColumns
      .filter((axis) => assignment.has(axis))
      .map((axis) => ({ axis, plan: planAxis(assignment.get(axis) ?? [], elements) })),
    profile,
    fields: mappingsOf(assignment),
    unused: unusedOf(fields, assignment),
  }
}

/** By the merchant's rules where they speak of it, else as it was found. */
function numberFieldsOf(found: OrderNumber | null, ruled: RuledFields): readonly Field[] {
  const chosen = ruled.get('orderNo')
  if (chosen !== undefined) return chosen
  return found === null ? [] : [found.field, ...found.fallbacks]
}

function isNumberByName({ claims, stats }: Field): boolean {
  return stats.samples.some((text) => text !== '0') && claims.some(({ column }) => column === 'orderNo')
}

function pathsOf(assignment: Assignment, column: OrderField): (readonly string[])[] {
  return (assignment.get(column) ?? []).map(({ field }) => field.path)
}

/** 号易 has no field for the first recharge but its amount. */
function stateRechargeByAmount(assignment: Assignment, profile: CodeProfile): void {
  const amount = assignment.get('rechargeAmount')
  if (profile === 'haoYi' && amount !== undefined && !assignment.has('recharge')) assignment.set('recharge', amount)
}

function evidenceOf(
  fields: readonly Field[],
  assignment: Assignment,
  elements: readonly Json[],
): { names: ReadonlySet<string>; codes: ReadonlySet<string> } {
  const names = new Set(fields.map(({ path }) => normalName(path.at(-1) ?? '')))
  const codes = new Set<string>()
  const [first, ...others] = assignment.get('production') ?? []
  for (const code of first?.field.stats.codes ?? []) codes.add(code)
  const path = [first, ...others].flatMap((one) => (one === undefined ? [] : [one.field.path]))
  for (const element of elements) {
    if (!isObject(element)) continue
    for (const one of path) {
      const code = codeOf(valueAt(element, one))
      if (code === null) continue
      codes.add(code)
      break
    }
  }
  return { names, codes }
}

function mappingsOf(assignment: Assignment): FieldMapping[] {
  return [...assignment].flatMap(([column, list]) =>
    list.map(({ field, confidence }) => ({ column, path: field.key, confidence })),
  )
}

function unusedOf(fields: readonly Field[], assignment: Assignment): string[] {
  const used = new Set([...assignment.values()].flatMap((list) => list.map(({ field }) => field.key)))
  return fields.map(({ key }) => key).filter((key) => !used.has(key))
}
