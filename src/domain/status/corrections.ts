import type { Axis, AxisMeaning, AxisValue } from '../vocabulary.ts'
import { plainCode } from './codes.ts'
import { plainWord } from './words.ts'

/** What the merchant says words and codes mean. */
export interface StatusCorrections {
  /** undefined: nothing was said about this value. A word beats a code, as everywhere. */
  of(axis: Axis, value: AxisValue): AxisMeaning | undefined
}

interface Rules {
  readonly words: readonly { readonly axis: Axis; readonly word: string; readonly means: AxisMeaning }[]
  readonly codes: readonly { readonly axis: Axis; readonly code: string; readonly means: AxisMeaning }[]
}

/** null: the merchant corrected nothing. Words are compared without blanks, brackets and case; codes as numbers. */
export function correctionsOf({ words, codes }: Rules): StatusCorrections | null {
  if (words.length === 0 && codes.length === 0) return null
  const byWord = new Map(words.map(({ axis, word, means }) => [`${axis} ${plainWord(word)}`, means]))
  const byCode = new Map(codes.map(({ axis, code, means }) => [`${axis} ${plainCode(code.trim())}`, means]))
  return {
    of(axis, { word, code }) {
      const said = word === null ? undefined : byWord.get(`${axis} ${plainWord(word)}`)
      return said ?? (code === null ? undefined : byCode.get(`${axis} ${plainCode(code)}`))
    },
  }
}
