import type { PreviewRow } from '#shared/contract/mapping.ts'
import { isObject, parseJson, type Json } from '#domain/json.ts'
import { personalFieldOf, personalPaths } from '#domain/mapper/personal.ts'
import { fieldsOf } from '#domain/mapper/assign.ts'
import { valueAt, type PathStats } from '#domain/mapper/survey.ts'
import type { MappedOrder } from '#domain/mapper/types.ts'
import { readText } from '#domain/mapper/values.ts'
import { maskField } from '#domain/mask.ts'
import { axes, orderFields, type OrderField } from '#domain/vocabulary.ts'
import { maskOriginal } from '../orders/mask-original.ts'

const longestCell = 300

/** Masks what a page shows of replies: a wrong mapping can put a phone number into any column. */
export interface Masker {
  /** A value of a path. */
  sample(stats: PathStats, text: string): string
  /** A value of which nothing is known. */
  text(text: string): string
  row(order: MappedOrder): PreviewRow
}

/** `elements`: from which it is learned which paths hold personal data. */
export function createMasker(elements: readonly Json[]): Masker {
  const paths = personalPaths(elements)
  return {
    sample(stats, text) {
      const field = fieldsOf([stats]).map(personalFieldOf)[0] ?? null
      return cut(byLooks(field === null ? text : maskField(field, text)))
    },
    text: (text) => cut(byLooks(text)),
    row: (order) => maskedRow(order, hiddenValues(order.original, paths)),
  }
}

type Hidden = readonly (readonly [field: OrderField, value: string])[]

/** The personal values of the element, whichever columns they feed. */
function hiddenValues(original: string, paths: ReturnType<typeof personalPaths>): Hidden {
  const element = parseJson(original)
  if (!isObject(element)) return []
  return paths.flatMap(({ path, field }): [OrderField, string][] => {
    const value = readText(valueAt(element, path))
    return value === null || value.length < 2 ? [] : [[field, value]]
  })
}

function maskedRow(order: MappedOrder, hidden: Hidden): PreviewRow {
  const shown = (text: string): string => {
    const field = hidden.find(([, value]) => value === text)?.[0]
    return cut(byLooks(field === undefined ? text : maskField(field, text)))
  }
  const fields: PreviewRow['fields'] = {}
  for (const field of orderFields) {
    const value = order.fields[field]
    if (value !== undefined) fields[field] = shown(maskField(field, value))
  }
  const states = axes.map((axis) => {
    const value = order.axes[axis]
    return [axis, value === null ? null : { word: value.word === null ? null : shown(value.word), code: value.code }]
  })
  return {
    orderNo: shown(order.orderNo),
    stage: order.stage,
    fields,
    axes: Object.fromEntries(states) as PreviewRow['axes'],
  }
}

/** Mobiles and ID numbers, wherever they stand. */
function byLooks(text: string): string {
  const masked: unknown = JSON.parse(maskOriginal(JSON.stringify(text), {}))
  return typeof masked === 'string' ? masked : text
}

function cut(text: string): string {
  return text.length > longestCell ? `${text.slice(0, longestCell - 1)}…` : text
}
