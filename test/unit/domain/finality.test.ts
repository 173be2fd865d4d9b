import { describe, expect, it } from 'vitest'
import { isFinal, quietUntilFinalMs } from '#domain/finality.ts'
import { stages } from '#domain/vocabulary.ts'

describe('isFinal', () => {
  it.each(stages.map((stage) => [stage, ['failed', 'gone', 'settled'].includes(stage)] as const))(
    'an order that is %s and quiet for 60 days is final: %s',
    (stage, final) => {
      expect(isFinal(stage, quietUntilFinalMs)).toBe(final)
      expect(isFinal(stage, quietUntilFinalMs - 1)).toBe(false)
    },
  )
})
