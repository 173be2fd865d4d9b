import { randomBytes } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveKey, seal, unseal } from '#main/credentials/seal.ts'

const key = randomBytes(32)

describe('a sealed text', () => {
  it('opens to what it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => unseal(key, seal(key, text, 'here'), 'here') === text),
    )
  })

  it('differs each time, so that equal secrets do not show', () => {
    expect(seal(key, 'same', 'here')).not.toBe(seal(key, 'same', 'here'))
  })

  it.each<[string, () => string | null]>([
    ['with another key', () => unseal(randomBytes(32), seal(key, 'secret', 'here'), 'here')],
    ['in another place', () => unseal(key, seal(key, 'secret', 'here'), 'there')],
    ['cut short', () => unseal(key, seal(key, 'secret', 'here').slice(0, 20), 'here')],
    ['when empty', () => unseal(key, '', 'here')],
    ['when it is no base64', () => unseal(key, '密钥', 'here')],
  ])('does not open %s', (_how, open) => {
    expect(open()).toBeNull()
  })

  it('does not open with any bit flipped', () => {
    const bytes = Buffer.from(seal(key, 'secret', 'here'), 'base64')
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Buffer.from(bytes)
      flipped[bit >> 3]! ^= 1 << (bit & 7)
      expect(unseal(key, flipped.toString('base64'), 'here')).toBeNull()
    }
  })
})

describe('derived keys', () => {
  it('differ by purpose and by salt, and are the same each time', () => {
    expect(deriveKey(key, 'database')).toEqual(deriveKey(key, 'database'))
    expect(deriveKey(key, 'database')).not.toEqual(deriveKey(key, 'secrets'))
    expect(deriveKey(key, 'database')).not.toEqual(deriveKey(key, 'database', Buffer.from('salt')))
  })
})
