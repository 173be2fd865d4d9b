import { describe, expect, it } from 'vitest'
import { locales, translate } from '#shared/locales/index.ts'

/** Every key with the placeholders of its text. */
function shape(value: unknown, path = ''): Record<string, string[]> {
  if (typeof value === 'string') return { [path]: [...value.matchAll(/\{\w+\}/g)].map(([name]) => name).toSorted() }
  return Object.assign(
    {},
    ...Object.entries(value as object).map(([key, inner]) => shape(inner, path === '' ? key : `${path}.${key}`)),
  )
}

describe('the locale files', () => {
  it('have the same keys and placeholders in Chinese and English', () => {
    expect(shape(locales.en)).toEqual(shape(locales['zh-CN']))
  })

  it('leave no text empty', () => {
    const empty = Object.entries(locales).flatMap(([locale, tree]) =>
      Object.keys(shape(tree)).filter((key) => translate(locale as 'en', key).trim() === ''),
    )
    expect(empty).toEqual([])
  })

  it('gives the key itself for an unknown key', () => {
    expect(translate('en', 'no.such.__proto__')).toBe('no.such.__proto__')
  })
})
