import type { StatusCorrections } from '../status/corrections.ts'
import { correctionsOf } from '../status/corrections.ts'
import type { Axis, AxisMeaning, CodeProfile, MappedColumn } from '../vocabulary.ts'
import { beijingClock, fixedClock, isZone, zoneClock, type WallClock } from '../wall-clock.ts'
import { compileDateFormat } from './date-format.ts'
import { readTime, type ReadTime } from './times.ts'

/**
 * What the merchant decided about how an account's replies of one type are read. Everything left null or out stays
 * automatic; the contract's mappingRulesSchema says what each part means and how long it may be.
 */
export interface MappingRules {
  readonly listPath: string | null
  readonly fields: Readonly<Partial<Record<MappedColumn, readonly string[] | undefined>>>
  readonly profile: CodeProfile | null
  readonly words: readonly { readonly axis: Axis; readonly word: string; readonly means: AxisMeaning }[]
  readonly codes: readonly { readonly axis: Axis; readonly code: string; readonly means: AxisMeaning }[]
  readonly dateFormats: readonly string[]
  readonly zoneMinutes: number | null
  /** Goes before `zoneMinutes`. */
  readonly zone?: string | null | undefined
}

export const noRules: MappingRules = {
  listPath: null,
  fields: {},
  profile: null,
  words: [],
  codes: [],
  dateFormats: [],
  zoneMinutes: null,
}

/** Rules made ready for reading: looked up for every value, so computed once. */
export interface Reading {
  readonly rules: MappingRules
  readonly corrections: StatusCorrections | null
  readonly time: ReadTime
}

export const plainReading: Reading = { rules: noRules, corrections: null, time: readTime }

export function readingOf(rules: MappingRules): Reading {
  return { rules, corrections: correctionsOf(rules), time: timeReaderOf(rules) }
}

/** The merchant's formats first; what none of them fits is read as always, in the merchant's zone. */
function timeReaderOf({ dateFormats, ...rules }: MappingRules): ReadTime {
  const clock = clockOf(rules)
  const formats = dateFormats.map(compileDateFormat).filter((format) => format !== null)
  if (formats.length === 0 && clock === beijingClock) return readTime
  return (text) => {
    for (const format of formats) {
      const time = format(text, clock)
      if (time !== null) return time
    }
    return readTime(text, clock)
  }
}

function clockOf({ zone, zoneMinutes }: Pick<MappingRules, 'zone' | 'zoneMinutes'>): WallClock {
  if (zone !== null && zone !== undefined && isZone(zone)) return zoneClock(zone)
  return zoneMinutes === null ? beijingClock : fixedClock(zoneMinutes)
}

/** Where rules that have the right shape still make no sense: `at` is the place in them, as in `dateFormats.0`. */
export interface RuleFault {
  at: string
  problem: 'dateFormat' | 'twice' | 'zone'
}

export function faultOf(rules: MappingRules): RuleFault | null {
  const format = rules.dateFormats.findIndex((one) => compileDateFormat(one) === null)
  if (format !== -1) return { at: `dateFormats.${format}`, problem: 'dateFormat' }
  if (typeof rules.zone === 'string' && !isZone(rules.zone)) return { at: 'zone', problem: 'zone' }
  const word = twice(rules.words.map((one) => `${one.axis} ${one.word.trim().toLowerCase()}`))
  if (word !== -1) return { at: `words.${word}`, problem: 'twice' }
  const code = twice(rules.codes.map((one) => `${one.axis} ${one.code.trim()}`))
  return code === -1 ? null : { at: `codes.${code}`, problem: 'twice' }
}

function twice(keys: readonly string[]): number {
  return keys.findIndex((key, index) => keys.indexOf(key) !== index)
}
