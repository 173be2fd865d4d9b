import { isObject, jsonText, type Json } from '../json.ts'
import { meaningOf } from '../status/meaning-of.ts'
import type { Axis, AxisMeaning, AxisValue, CodeProfile } from '../vocabulary.ts'
import { readAxis } from './axes.ts'
import { makePlan, type MappingPlan } from './plan.ts'
import type { Reading } from './rules.ts'
import { survey, valueAt, type PathStats } from './survey.ts'
import { isTimeField, readText } from './values.ts'

/** A word or code that elements carry on an axis, with how often and what it is taken to mean. */
export interface SeenStatus extends AxisValue {
  axis: Axis
  count: number
  /** null: cannot be told. */
  means: AxisMeaning | null
  byRule: boolean
}

/** What was recognised in elements, for a person to look at. */
export interface Inspection {
  plan: MappingPlan
  paths: readonly PathStats[]
  statuses: readonly SeenStatus[]
  /** Distinct texts in time columns that are no time by these rules. */
  unreadTimes: readonly string[]
}

export function inspect(elements: readonly Json[], reading: Reading, before?: CodeProfile): Inspection {
  const plan = makePlan(elements, elements.map(jsonText), before, reading)
  return {
    plan,
    paths: survey(elements),
    statuses: statusesOf(plan, elements),
    unreadTimes: unreadTimesOf(plan, elements),
  }
}

/** Most frequent first within each axis. */
function statusesOf({ axes, profile, reading }: MappingPlan, elements: readonly Json[]): SeenStatus[] {
  return axes.flatMap(({ axis, plan }) => {
    const seen = new Map<string, SeenStatus>()
    for (const element of elements) {
      const value = isObject(element) ? readAxis(plan, element) : null
      if (value === null) continue
      const key = JSON.stringify([value.word, value.code])
      const known = seen.get(key)
      if (known !== undefined) {
        known.count += 1
        continue
      }
      const corrected = reading.corrections?.of(axis, value)
      const means = corrected ?? meaningOf(axis, value, profile)
      seen.set(key, { axis, ...value, count: 1, means, byRule: corrected !== undefined })
    }
    return [...seen.values()].toSorted((one, other) => other.count - one.count)
  })
}

const mostUnreadTimes = 10
/** What systems write where there is no time yet. */
const noTime = /^0+(?:-0+-0+)?(?: 0+:0+:0+)?$/

function unreadTimesOf({ columns, reading }: MappingPlan, elements: readonly Json[]): string[] {
  const paths = columns.filter(({ column }) => isTimeField(column)).flatMap((one) => one.paths)
  const unread = new Set<string>()
  for (const element of elements) {
    if (!isObject(element)) continue
    for (const path of paths) {
      const text = readText(valueAt(element, path))
      if (text !== null && !noTime.test(text) && reading.time(text) === null) unread.add(text)
      if (unread.size >= mostUnreadTimes) return [...unread]
    }
  }
  return [...unread]
}
