import { expect, it } from 'vitest'
import { gridActionOf } from '#renderer/pages/orders/widgets/grid-keys.ts'

const press = (keys: string) => {
  const parts = keys.split('+')
  return {
    key: parts.at(-1) === 'Space' ? ' ' : (parts.at(-1) ?? ''),
    ctrlKey: parts.includes('Ctrl'),
    metaKey: false,
    shiftKey: parts.includes('Shift'),
    altKey: parts.includes('Alt'),
  }
}

it.each([
  ['Home', { kind: 'go', row: 'same', column: 'first' }],
  ['End', { kind: 'go', row: 'same', column: 'last' }],
  ['Ctrl+Home', { kind: 'go', row: 'first', column: 'first' }],
  ['Ctrl+End', { kind: 'go', row: 'last', column: 'last' }],
  ['Ctrl+ArrowUp', { kind: 'go', row: 'first', column: 'same' }],
  ['Shift+ArrowDown', { kind: 'extend', by: 1 }],
  ['Shift+ArrowUp', { kind: 'extend', by: -1 }],
  ['Shift+PageDown', { kind: 'extend', by: 'page' }],
  ['Shift+PageUp', { kind: 'extend', by: 'pageBack' }],
  ['Ctrl+Shift+End', { kind: 'extend', by: 'last' }],
  ['Ctrl+Shift+ArrowUp', { kind: 'extend', by: 'first' }],
  ['Space', { kind: 'toggle' }],
  ['Ctrl+a', { kind: 'all' }],
  ['Ctrl+C', { kind: 'copy' }],
  ['Ctrl+Shift+C', { kind: 'copyRows' }],
  ['Enter', { kind: 'open' }],
  ['Escape', { kind: 'escape' }],
  ['Shift+F10', { kind: 'menu' }],
  ['ContextMenu', { kind: 'menu' }],
  ['Alt+ArrowDown', { kind: 'columnMenu' }],
])('%s: %o', (keys, action) => {
  expect(gridActionOf(press(keys))).toEqual(action)
})

it.each([
  'ArrowDown',
  'ArrowUp',
  'PageDown',
  'Tab',
  'a',
  'c',
  'Ctrl+f',
  'Ctrl+e',
  'F4',
  'Shift+Tab',
  'Alt+ArrowUp',
  'Shift+Home',
])('%s stays with the grid or the window', (keys) => {
  expect(gridActionOf(press(keys))).toBeNull()
})
