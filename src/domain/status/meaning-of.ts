import type { Axis, AxisValue, CodeProfile } from '../vocabulary.ts'
import { codeEntry } from './codes.ts'
import type { Meaning } from './meaning.ts'
import { meaningOfWord } from './words.ts'

/** What an axis value means. Words beat codes, because a bare number means nothing across systems. */
export function meaningOf(axis: Axis, value: AxisValue | null, profile: CodeProfile): Meaning | null {
  if (value === null) return null
  const said = value.word === null ? null : meaningOfWord(axis, value.word)
  if (said !== null) return said
  return value.code === null ? null : (codeEntry(axis, value.code, profile)?.meaning ?? null)
}
