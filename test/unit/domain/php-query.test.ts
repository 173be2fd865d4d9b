import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { httpBuildQuery, signQuery, type QueryValue } from '#domain/php-query.ts'
import vectors from './php-vectors.json' with { type: 'json' }

type VectorValue = QueryValue | { float: string }

function fromVector(value: VectorValue): QueryValue {
  if (typeof value !== 'object' || value === null) return value
  return { NAN: Number.NaN, INF: Infinity, '-INF': -Infinity }[value.float]
}

describe('httpBuildQuery', () => {
  it.each(vectors)('writes $title as PHP does', ({ pairs, query }) => {
    const params = Object.fromEntries(pairs.map(([name, value]) => [name, fromVector(value as VectorValue)]))
    expect(httpBuildQuery(params)).toBe(query)
  })

  it('drops undefined like null', () => {
    expect(httpBuildQuery({ a: undefined, b: null, c: 'x' })).toBe('c=x')
  })

  it('writes a lone surrogate as U+FFFD, because it has no UTF-8 form', () => {
    expect(httpBuildQuery({ a: 'x\uD800y' })).toBe('a=x%EF%BF%BDy')
  })

  const anyText = fc.string({ unit: 'binary' })

  it('keeps only letters, digits, - _ . bare, and reads back as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyText, anyText), { maxLength: 6 }), (pairs) => {
        const params: Record<string, string> = Object.fromEntries(pairs)
        const query = httpBuildQuery(params)
        expect(query).toMatch(/^(?:[A-Za-z0-9\-_.+&=]|%[0-9A-F]{2})*$/)
        const back = query === '' ? [] : query.split('&').map((pair) => pair.split('=').map(decoded))
        expect(back).toEqual(Object.entries(params).map((pair) => pair.map((text) => text.toWellFormed())))
      }),
    )
  })

  it('agrees, character by character, with a table made of UTF-8 bytes', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(httpBuildQuery({ v: text })).toBe(`v=${byBytes(text)}`)
      }),
    )
  })

  it('writes whole numbers digit for digit', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(httpBuildQuery({ n: value })).toBe(`n=${Object.is(value, -0) ? '-0' : value}`)
      }),
    )
  })

  it('writes fractions with 14 significant digits', () => {
    fc.assert(
      fc.property(
        fc
          .double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 })
          .filter((value) => Math.abs(value) > 1e-300),
        (value) => {
          fc.pre(!Number.isInteger(value))
          const text = decodeURIComponent(httpBuildQuery({ n: value }).slice(2))
          expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(Math.abs(value) * 5.01e-14)
        },
      ),
    )
  })
})

describe('signQuery', () => {
  it.each(vectors)('signs $title as PHP does', ({ query, sk, sign }) => {
    expect(signQuery(query, sk)).toBe(sign)
  })

  it('hashes the UTF-8 bytes, lower-case hex', () => {
    expect(signQuery('', '')).toBe('d41d8cd98f00b204e9800998ecf8427e')
    expect(signQuery('a=1', '密')).toBe(createHash('md5').update(Buffer.from('a=1密', 'utf8')).digest('hex'))
  })
})

function decoded(text: string): string {
  return decodeURIComponent(text.replaceAll('+', '%20'))
}

function byBytes(text: string): string {
  return [...Buffer.from(text.toWellFormed(), 'utf8')]
    .map((byte) => {
      const character = String.fromCharCode(byte)
      if (/[A-Za-z0-9\-_.]/.test(character)) return character
      return byte === 0x20 ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
    })
    .join('')
}
