import { describe, expect, it } from 'vitest'
import { locales } from '#shared/locales/index.ts'
import { actionOf, shortcuts, type KeyPress } from '#renderer/shell/keyboard-map.ts'

const press = (overrides: Partial<KeyPress>): KeyPress => ({
  key: 'a',
  ctrl: false,
  alt: false,
  shift: false,
  typing: false,
  ...overrides,
})

describe('the keyboard map', () => {
  it.each([
    [{ key: 'f', ctrl: true }, { kind: 'search' }],
    [{ key: 'F', ctrl: true }, { kind: 'search' }],
    [{ key: 'r', ctrl: true }, { kind: 'sync' }],
    [{ key: 'e', ctrl: true, typing: true }, { kind: 'export' }],
    [
      { key: '1', ctrl: true },
      { kind: 'page', number: 1 },
    ],
    [
      { key: '4', ctrl: true },
      { kind: 'page', number: 4 },
    ],
    [{ key: 'F4' }, { kind: 'revealAll' }],
    [{ key: 'Escape' }, { kind: 'close' }],
    [{ key: '?', shift: true }, { kind: 'shortcuts' }],
  ])('%o does %o', (keys, action) => {
    expect(actionOf(press(keys), 4)).toEqual(action)
  })

  it.each([
    [{ key: 'f' }],
    [{ key: '5', ctrl: true }],
    [{ key: '0', ctrl: true }],
    [{ key: 'r', ctrl: true, shift: true }],
    [{ key: 'c', ctrl: true }],
    [{ key: '?', typing: true }],
    [{ key: 'F4', alt: true }],
  ])('leaves %o to what has the focus', (keys) => {
    expect(actionOf(press(keys), 4)).toBeNull()
  })

  it('is listed in words in both languages', () => {
    for (const words of Object.values(locales)) {
      for (const { does } of shortcuts) expect(words.common.shortcuts).toHaveProperty(does)
    }
  })
})
