import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatRecoveryCode, makeRecoverySecret, parseRecoveryCode } from '#main/credentials/recovery-code.ts'

const secrets = fc.uint8Array({ minLength: 17, maxLength: 17 }).map((bytes) => Buffer.from(bytes))
const alphabet = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ']

describe('the recovery code', () => {
  it('is 8 groups of 4 that hold 136 random bits', () => {
    const secret = makeRecoverySecret()
    expect(secret).toHaveLength(17)
    expect(formatRecoveryCode(secret)).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$/)
  })

  it('gives back the secret, leading zeros too', () => {
    fc.assert(fc.property(secrets, (secret) => parseRecoveryCode(formatRecoveryCode(secret))!.equals(secret)))
    expect(parseRecoveryCode(formatRecoveryCode(Buffer.alloc(17)))).toEqual(Buffer.alloc(17))
  })

  it.each<[string, (code: string) => string]>([
    ['lower case', (code) => code.toLowerCase()],
    ['no dashes', (code) => code.replaceAll('-', '')],
    ['spaces for dashes, and around', (code) => ` ${code.replaceAll('-', ' ')}\n`],
    ['long dashes', (code) => code.replaceAll('-', '–')],
    [
      'full-width letters and digits',
      (code) => code.replace(/[0-9A-Z]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)),
    ],
    ['full-width spaces', (code) => code.replaceAll('-', '　')],
    ['O for 0', (code) => code.replaceAll('0', 'O')],
    ['I for 1', (code) => code.replaceAll('1', 'I')],
    ['l for 1', (code) => code.replaceAll('1', 'l')],
  ])('is read with %s', (_how, type) => {
    fc.assert(fc.property(secrets, (secret) => parseRecoveryCode(type(formatRecoveryCode(secret)))!.equals(secret)))
  })

  it('tells one wrong character', () => {
    const typo = fc.tuple(secrets, fc.nat(31), fc.integer({ min: 1, max: 31 }))
    fc.assert(
      fc.property(typo, ([secret, place, step]) => {
        const code = [...formatRecoveryCode(secret).replaceAll('-', '')]
        code[place] = alphabet[(alphabet.indexOf(code[place]!) + step) % 32]!
        return parseRecoveryCode(code.join('')) === null
      }),
    )
  })

  it('tells two neighbours that changed places', () => {
    fc.assert(
      fc.property(secrets, fc.nat(30), (secret, place) => {
        const code = [...formatRecoveryCode(secret).replaceAll('-', '')]
        fc.pre(code[place] !== code[place + 1])
        ;[code[place], code[place + 1]] = [code[place + 1]!, code[place]!]
        return parseRecoveryCode(code.join('')) === null
      }),
    )
  })

  it.each(['', 'ABCD', 'U'.repeat(32), '恢复码', `${formatRecoveryCode(Buffer.alloc(17))}0`])('refuses %j', (typed) => {
    expect(parseRecoveryCode(typed)).toBeNull()
  })

  it('never throws, whatever is typed', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (typed) => parseRecoveryCode(typed) === null))
  })
})
