import type { Json } from '../json.ts'
import { readText } from './values.ts'

/** Numbers and booleans are codes (true 1, false 0); everything else is a word. */
export function codeOf(raw: Json | undefined): string | null {
  if (typeof raw === 'boolean') return raw ? '1' : '0'
  const text = readText(raw)
  if (text === null) return null
  if (text === 'true' || text === 'false') return text === 'true' ? '1' : '0'
  return /^[+-]?\d{1,9}(?:\.\d+)?$/.test(text) ? text : null
}
