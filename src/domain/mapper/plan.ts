import { isObject, type Json } from '../json.ts'
import { chooseProfile } from '../status/profile.ts'
import { orderFields, type Axis, type CodeProfile, type OrderField } from '../vocabulary.ts'
import { assign, axisColumns, fieldsOf, type Assignment, type Field } from './assign.ts'
import { codeOf, planAxis, type AxisPlan } from './axes.ts'
import { normalName } from './names.ts'
import { chooseOrderNumber } from './order-number.ts'
import { survey, valueAt } from './survey.ts'
import type { FieldMapping } from './types.ts'

/** How the elements of one reply are read: decided once, from all of them, then applied to each. */
export interface MappingPlan {
  orderNo: readonly (readonly string[])[]
  /** Why an element without a number is unreadable: it has none, or the only candidate repeats everywhere. */
  withoutNumber: 'noOrderNumber' | 'orderNumberRepeats'
  columns: readonly { column: OrderField; paths: readonly (readonly string[])[] }[]
  axes: readonly { axis: Axis; plan: AxisPlan }[]
  profile: CodeProfile
  fields: readonly FieldMapping[]
  unused: readonly string[]
}

/** Makes the plan. `originals` are the elements' JSON texts; `before` is what the account's codes were known to be. */
export function makePlan(elements: readonly Json[], originals: readonly string[], before?: CodeProfile): MappingPlan {
  const fields = fieldsOf(survey(elements))
  const number = chooseOrderNumber(fields, elements, originals)
  const numberFields = number === null ? [] : [number.field, ...number.fallbacks]
  const assignment = assign(fields, new Set(numberFields.map(({ key }) => key)))
  const profile = chooseProfile(evidenceOf(fields, assignment, elements), before)
  stateRechargeByAmount(assignment, profile)
  if (number !== null) {
    assignment.set(
      'orderNo',
      numberFields.map((field) => ({ field, confidence: number.confidence })),
    )
  }
  return {
    orderNo: numberFields.map(({ path }) => path),
    withoutNumber: number === null && fields.some(isNumberByName) ? 'orderNumberRepeats' : 'noOrderNumber',
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
  const path = assignment.get('production')?.map(({ field }) => field.path) ?? []
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
