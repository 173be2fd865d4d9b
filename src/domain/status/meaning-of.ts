import type { Axis, AxisValue, CodeProfile } from '../vocabulary.ts'
import { codeEntry } from './codes.ts'
import type { StatusCorrections } from './corrections.ts'
import type { Meaning } from './meaning.ts'
import { meaningOfWord } from './words.ts'

/**
 * What an axis value means. What the merchant says of it comes first; then words beat codes, because a bare number means
 * nothing across systems.
 */
export function meaningOf(
  axis: Axis,
  value: AxisValue | null,
  profile: CodeProfile,
  corrections: StatusCorrections | null = null,
): Meaning | null {
  if (value === null) return null
  const corrected = corrections?.of(axis, value)
  if (corrected !== undefined) return corrected === 'unknown' ? null : corrected
  const said = value.word === null ? null : meaningOfWord(axis, value.word)
  if (said !== null) return said
  return value.code === null ? null : (codeEntry(axis, value.code, profile)?.meaning ?? null)
}
