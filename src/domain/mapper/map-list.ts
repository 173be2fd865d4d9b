import { isObject, type Json, type JsonObject } from '../json.ts'
import type { TextSink } from '../json-stream/reading.ts'
import type { CodeProfile } from '../vocabulary.ts'
import { fieldsOf } from './assign.ts'
import type { EarlySurvey } from './early-survey.ts'
import { ElementWalker, type ListElement } from './elements.ts'
import { hashText } from './hash.ts'
import { ListMapper, type ItemSink } from './list-mapper.ts'
import { unnamedFields } from './order-number.ts'
import type { Place } from './places.ts'
import { evidenceFor, planOf, type MappingPlan } from './plan.ts'
import { readColumn, readOrderNo } from './read-element.ts'
import type { Reading } from './rules.ts'
import { findRuledList } from './ruled-list.ts'
import { SameNumber } from './same-number.ts'
import { SeenNumbers } from './seen-numbers.ts'
import { Survey } from './survey.ts'
import { findTotal } from './total.ts'
import type { MappedReply } from './types.ts'

export type ListHead = Pick<MappedReply, 'listPath' | 'profile' | 'fields' | 'unused' | 'total'>

/** A reply's list, surveyed: what is known of it, and how to read it. */
export interface SurveyedList {
  head: ListHead
  elements: number
  /** More than is read of one reply: nothing of it is mapped. */
  tooMany: boolean
  /** A last pass through the text hands on every element; null: there is none. */
  mapper: ((sink: ItemSink) => ListMapper) | null
}

/** More elements than half a gigabyte of orders can have; hashes of so many fit into memory. */
export const mostElements = 1_000_000

/** What a reply without any list of orders comes to. */
export const noList: SurveyedList = {
  head: { listPath: null, profile: 'unknown', fields: [], unused: [], total: null },
  elements: 0,
  tooMany: false,
  mapper: null,
}

/**
 * Surveys the list in a reply of any size. `outline` is the reply's outline, `early` what was surveyed with it. Yields what is to be fed with the whole
 * text, once for each pass; nothing is kept of it but counts, hashes and samples.
 */
export function* surveyList(
  outline: Json,
  before: CodeProfile | undefined,
  reading: Reading,
  early: EarlySurvey | null = null,
): Generator<TextSink, SurveyedList> {
  const list = findRuledList(outline, reading.rules.listPath)
  if (list === null) return noList
  const head = { ...noList.head, listPath: list.path.join('.'), total: findTotal(outline, list.path) }
  if (list.elements.length === 0) return { ...noList, head }
  const survey = early?.of(list.places) ?? (yield* surveyPass(list.places))
  if (survey.elements === 0) return { ...noList, head }
  if (survey.elements > mostElements) return { head, elements: survey.elements, tooMany: true, mapper: null }
  const plan = yield* planPasses(list.places, survey, before, reading)
  const byKey = plan.numberByKey && list.keys !== null && (survey.keysAreNumbers || list.places.every(isNamed))
  const numberOf = (element: JsonObject, key: string | null) => readOrderNo(plan, element, byKey ? key : null)
  const seen = yield* numberPass(list.places, survey, plan, byKey, numberOf)
  const same = new SameNumber(seen)
  if (seen.conflicting.size > 0)
    yield pass(list.places, ({ value, key, index, original }) => {
      const orderNo = isObject(value) ? numberOf(value, key) : null
      if (isObject(value) && orderNo !== null)
        same.add(orderNo, index, hashText(original), () => readColumn(plan, value, 'updatedAt'))
    })
  const { profile, fields, unused } = plan
  return {
    head: { ...head, profile, fields, unused },
    elements: survey.elements,
    tooMany: same.isTooMany,
    mapper: same.isTooMany ? null : (sink) => new ListMapper({ places: list.places, plan, numberOf, seen, same }, sink),
  }
}

function* surveyPass(places: readonly Place[]): Generator<TextSink, Survey> {
  const survey = new Survey()
  yield pass(places, (element) => {
    if (survey.elements <= mostElements) survey.add(element)
  })
  return survey
}

function isNamed({ kind }: Place): boolean {
  return kind === 'named'
}

function pass(places: readonly Place[], onElement: (element: ListElement) => void): TextSink {
  return new ElementWalker(places, onElement)
}

/** The plan; where no field has a name for the order number, the others are looked at in a pass of their own. */
function* planPasses(
  places: readonly Place[],
  survey: Survey,
  before: CodeProfile | undefined,
  reading: Reading,
): Generator<TextSink, MappingPlan> {
  const fields = fieldsOf(survey.stats, reading.time)
  const unnamed = evidenceFor(unnamedFields(fields, survey.numbers, survey.elements))
  if (unnamed !== null) {
    survey.numbers.close()
    yield pass(places, ({ value, index, original }) =>
      unnamed.add(isObject(value) ? value : null, index, hashText(original)),
    )
  }
  return planOf({ survey, fields, unnamed, before, reading })
}

/** The numbers that the elements come to: known from the survey where one named field alone holds them. */
function* numberPass(
  places: readonly Place[],
  survey: Survey,
  plan: MappingPlan,
  byKey: boolean,
  numberOf: (element: JsonObject, key: string | null) => string | null,
): Generator<TextSink, SeenNumbers> {
  const [only, ...others] = plan.orderNo
  const known = only === undefined || others.length > 0 || byKey ? null : survey.numbers.seen(only.join('.'))
  if (known?.isWhole === true) return known
  survey.numbers.close()
  const seen = new SeenNumbers()
  if (only !== undefined || byKey)
    yield pass(places, ({ value, key, original }) => {
      const orderNo = isObject(value) ? numberOf(value, key) : null
      if (orderNo !== null) seen.add(orderNo, hashText(original))
    })
  return seen
}
