import { mappingFileSchema, mappingRulesSchema, type MappingFile, type MappingRules } from '#shared/contract/mapping.ts'
import { AppError } from '#shared/errors.ts'
import { faultOf, noRules } from '#domain/mapper/rules.ts'
import type { OrderType } from '#domain/vocabulary.ts'

/** What can be wrong with a mapping file; words for each stand in the locales. */
export type MappingFileProblem =
  | 'mappingNotJson'
  | 'mappingOtherFormat'
  | 'mappingNewer'
  | 'mappingBadValue'
  | 'mappingTooLarge'
  | 'dateFormat'
  | 'zone'
  | 'twice'

const format = 'haoka-desk-mapping'
const newestVersion = 2
/** The largest mapping of all allowed parts takes far less. */
export const mappingFileBytes = 1_048_576

/** The text of a mapping file: JSON that a person can read and correct. */
export function writeMapping(type: OrderType, rules: MappingRules): string {
  const { zone, ...plain } = rules
  const named = typeof zone === 'string'
  const file: MappingFile = { format, version: named ? 2 : 1, type, rules: named ? rules : plain }
  return `${JSON.stringify(file, null, 2)}\n`
}

/** Reads a mapping file. Throws mappingInvalid with what is wrong and where (`at`, as in `rules.words.0.means`). */
export function readMapping(text: string): MappingRules {
  const value = parsed(text)
  if (!isRecord(value) || value['format'] !== format) throw invalid('mappingOtherFormat')
  if (typeof value['version'] === 'number' && value['version'] > newestVersion)
    throw invalid('mappingNewer', 'version', { version: value['version'] })
  const file = mappingFileSchema.safeParse(value)
  if (!file.success) throw invalid('mappingBadValue', placeOf(file.error.issues))
  return checked(file.data.rules, 'rules.')
}

/** A mapping file, or its rules alone, of which parts may be left out: they stay automatic. Throws mappingInvalid. */
export function readRulesOrFile(text: string): MappingRules {
  const value = parsed(text)
  if (!isRecord(value)) throw invalid('mappingOtherFormat')
  if ('format' in value) return readMapping(text)
  const rules = mappingRulesSchema.safeParse({ ...noRules, ...value })
  if (!rules.success) throw invalid('mappingBadValue', placeOf(rules.error.issues))
  return checked(rules.data, '')
}

function parsed(text: string): unknown {
  if (Buffer.byteLength(text) > mappingFileBytes) throw invalid('mappingTooLarge')
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    throw invalid('mappingNotJson')
  }
}

function checked(rules: MappingRules, where: string): MappingRules {
  const fault = faultOf(rules)
  if (fault !== null) throw invalid(fault.problem, where + fault.at)
  return rules
}

function invalid(problem: MappingFileProblem, at = '', more: Record<string, number> = {}): AppError {
  return new AppError('mappingInvalid', `${problem} ${at}`.trim(), { data: { problem, at: at.slice(0, 200), ...more } })
}

/** The first place that is wrong; an unknown name is the place itself. */
function placeOf(issues: readonly { path: PropertyKey[]; keys?: readonly string[] }[]): string {
  const [first] = issues
  const path = first?.path.map(String) ?? []
  return [...path, ...(first?.keys?.slice(0, 1) ?? [])].join('.')
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
