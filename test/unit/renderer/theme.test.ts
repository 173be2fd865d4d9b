import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync('src/renderer/theme/tokens.css', 'utf8')

function tokens(selector: string): Record<string, string> {
  const block = css.slice(css.indexOf(`${selector} {`)).split('}')[0] ?? ''
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]))
}

/** WCAG 2: relative luminance of an sRGB colour. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

const grounds = ['ground', 'surface', 'surface-hover', 'surface-chosen']
const pairs = [
  ...['text', 'text-2', 'text-3', 'accent'].flatMap((text) => grounds.map((ground) => [text, ground] as const)),
  ...['amber', 'red', 'green', 'blue'].map((tone) => [`${tone}-text`, `${tone}-ground`] as const),
  ['amber-text', 'surface'],
  ['red-text', 'surface'],
  ['on-accent', 'accent-fill'],
  ['on-accent', 'accent-fill-hover'],
] as const
const dots = ['waiting', 'under-way', 'attention', 'done', 'failed', 'gone']

describe.each([':root', ':root.dark'])('the colours of %s', (selector) => {
  const colours = tokens(selector)
  const of = (name: string): string => colours[name] ?? `no ${name}`

  it.each(pairs)('%s reads on %s at 4.5:1 or more', (text, ground) => {
    expect(contrast(of(text), of(ground))).toBeGreaterThanOrEqual(4.5)
  })

  it.each(dots)('the dot %s is seen on a row at 3:1 or more', (dot) => {
    expect(contrast(of(dot), of('surface'))).toBeGreaterThanOrEqual(3)
  })
})

it('has the same colours in light and dark', () => {
  expect(Object.keys(tokens(':root.dark')).toSorted()).toEqual(Object.keys(tokens(':root')).toSorted())
})
