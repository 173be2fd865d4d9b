import { describe, expect, it } from 'vitest'
import { keyFingerprint } from '#main/upstream/fingerprint.ts'

describe('the fingerprint of an API key', () => {
  it('is 64 hex digits, the same for the same key and secret', () => {
    expect(keyFingerprint('ab'.repeat(32), 'key')).toMatch(/^[0-9a-f]{64}$/)
    expect(keyFingerprint('ab'.repeat(32), 'key')).toBe(keyFingerprint('ab'.repeat(32), 'key'))
  })

  it('differs by key and by secret', () => {
    expect(keyFingerprint('ab'.repeat(32), 'key')).not.toBe(keyFingerprint('ab'.repeat(32), 'kez'))
    expect(keyFingerprint('ab'.repeat(32), 'key')).not.toBe(keyFingerprint('cd'.repeat(32), 'key'))
  })
})
