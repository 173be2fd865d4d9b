import {
  axes,
  axisMeanings,
  mappedColumns,
  orderFields,
  type Axis,
  type AxisMeaning,
  type MappedColumn,
} from '#domain/vocabulary.ts'
import type { MappingRules, MappingView, SeenStatus } from '#shared/contract/mapping.ts'

/** Decisions of the mapping page, as pure changes of a draft of the rules. */

export const noRules: MappingRules = {
  listPath: null,
  fields: {},
  profile: null,
  words: [],
  codes: [],
  dateFormats: [],
  zoneMinutes: null,
}

/** null: the column is automatic again. An empty list: nothing feeds it. */
export function withPaths(rules: MappingRules, column: MappedColumn, paths: readonly string[] | null): MappingRules {
  const { [column]: _before, ...others } = rules.fields
  return { ...rules, fields: paths === null ? others : { ...others, [column]: [...new Set(paths)] } }
}

/** What is said of a value is said of its word, and of its code where it has no word. null: automatic again. */
export function withMeaning(
  rules: MappingRules,
  status: Pick<SeenStatus, 'axis' | 'word' | 'code'>,
  means: AxisMeaning | null,
): MappingRules {
  const { axis, word, code } = status
  if (word !== null) {
    const words = rules.words.filter((rule) => rule.axis !== axis || rule.word !== word)
    return { ...rules, words: means === null ? words : [...words, { axis, word, means }] }
  }
  if (code === null) return rules
  const codes = rules.codes.filter((rule) => rule.axis !== axis || rule.code !== code)
  return { ...rules, codes: means === null ? codes : [...codes, { axis, code, means }] }
}

/** What the merchant says of a value; null: nothing. */
export function decidedMeaning(
  rules: MappingRules,
  { axis, word, code }: Pick<SeenStatus, 'axis' | 'word' | 'code'>,
): AxisMeaning | null {
  const byWord = rules.words.find((rule) => rule.axis === axis && rule.word === word)
  const byCode = word === null ? rules.codes.find((rule) => rule.axis === axis && rule.code === code) : undefined
  return (byWord ?? byCode)?.means ?? null
}

/** Every value of the last replies, and below them those of which only the rules still speak. */
export function statusRows(view: MappingView, rules: MappingRules): SeenStatus[] {
  const unseen = [
    ...rules.words.map(({ axis, word, means }) => ({ axis, word, code: null, means })),
    ...rules.codes.map(({ axis, code, means }) => ({ axis, word: null, code, means })),
  ].filter(
    (rule) =>
      !view.statuses.some(
        (seen) => seen.axis === rule.axis && (rule.word === null ? seen.code === rule.code : seen.word === rule.word),
      ),
  )
  return [...view.statuses, ...unseen.map((rule) => Object.assign(rule, { count: 0, byRule: true }))]
}

export function meaningsOf(axis: Axis): readonly AxisMeaning[] {
  return axisMeanings[axis]
}

/** The same decisions, in whatever order they were made. */
export function isSameRules(one: MappingRules, other: MappingRules): boolean {
  return canonical(one) === canonical(other)
}

function canonical(rules: MappingRules): string {
  const fields = mappedColumns.map((column) => rules.fields[column] ?? null)
  const words = rules.words.map((rule) => JSON.stringify([rule.axis, rule.word, rule.means])).toSorted()
  const codes = rules.codes.map((rule) => JSON.stringify([rule.axis, rule.code, rule.means])).toSorted()
  return JSON.stringify([
    rules.listPath,
    fields,
    rules.profile,
    words,
    codes,
    rules.dateFormats,
    rules.zoneMinutes,
    rules.zone ?? null,
  ])
}

export type Confidence = 'high' | 'medium' | 'low' | 'none'

export function confidenceOf(view: MappingView, column: MappedColumn): Confidence {
  const confidence = view.columns.find((one) => one.column === column)?.sources[0]?.confidence
  if (confidence === undefined) return 'none'
  return confidence >= 0.75 ? 'high' : confidence >= 0.5 ? 'medium' : 'low'
}

/** Columns of the preview: the order number, what any row says of its status, then what any row holds. */
export function previewColumns(view: MappingView): MappedColumn[] {
  const ordered: MappedColumn[] = ['orderNo', ...axes, ...orderFields.filter((field) => field !== 'orderNo')]
  return ordered.filter((column) => column === 'orderNo' || view.rows.some((row) => cellOf(row, column) !== ''))
}

/** What a cell holds, as the orders page would hold it: a status by its word, by its code where it has none. */
export function cellOf(row: MappingView['rows'][number], column: MappedColumn): string {
  if (column in row.axes) {
    const value = row.axes[column as Axis]
    return value?.word ?? value?.code ?? ''
  }
  return row.fields[column as Exclude<MappedColumn, Axis>] ?? ''
}
