import { afterEach, describe, expect, it } from 'vitest'
import { fromBeijing } from '#domain/beijing-time.ts'
import { asCustom, closedRange, isBackward, rangeOf } from '#renderer/range/range-presets.ts'
import { readTyped } from '#renderer/range/typed-time.ts'

const zone = process.env['TZ']
afterEach(() => {
  process.env['TZ'] = zone
})

/** 00:30 on 1 September in Beijing: still 31 August nearly everywhere else. */
const now = fromBeijing('2024-09-01 00:30:00')

describe.each(['Asia/Shanghai', 'America/New_York', 'Pacific/Auckland', 'UTC'])('presets on a PC in %s', (pcZone) => {
  it.each([
    ['today', '2024-09-01 00:00:00', '2024-09-01 23:59:59'],
    ['days7', '2024-08-26 00:00:00', '2024-09-01 23:59:59'],
    ['days30', '2024-08-03 00:00:00', '2024-09-01 23:59:59'],
    ['month', '2024-09-01 00:00:00', '2024-09-01 23:59:59'],
  ] as const)('mean Beijing days: %s', (preset, from, to) => {
    process.env['TZ'] = pcZone
    expect(rangeOf({ preset }, now)).toEqual({ from, to })
  })
})

describe('a range choice', () => {
  it('restricts nothing for all orders', () => {
    expect(rangeOf({ preset: 'all' }, now)).toBeNull()
  })

  it('moves on at Beijing midnight, because a preset stays a preset', () => {
    expect(rangeOf({ preset: 'today' }, now - 31 * 60_000)?.from).toBe('2024-08-31 00:00:00')
  })

  it('closes an open end for a sync, which needs both', () => {
    expect(closedRange({ preset: 'custom', from: '2024-01-01 00:00:00', to: null }, now)).toEqual({
      from: '2024-01-01 00:00:00',
      to: '2024-09-01 23:59:59',
    })
    expect(closedRange({ preset: 'custom', from: null, to: null }, now)).toBeNull()
    expect(closedRange({ preset: 'all' }, now)).toBeNull()
  })

  it('becomes the start of an own choice', () => {
    expect(asCustom({ preset: 'month' }, now)).toEqual({
      preset: 'custom',
      from: '2024-09-01 00:00:00',
      to: '2024-09-01 23:59:59',
    })
  })

  it.each([
    ['2024-09-02 00:00:00', '2024-09-01 00:00:00', true],
    ['2024-09-01 00:00:00', '2024-09-01 00:00:00', false],
    [null, '2024-09-01 00:00:00', false],
  ])('from %s to %s stands the wrong way round: %s', (from, to, backward) => {
    expect(isBackward({ preset: 'custom', from, to })).toBe(backward)
  })
})

describe('a typed time', () => {
  it.each([
    ['2024-09-01 08:05:09', 'from', '2024-09-01 08:05:09'],
    ['2024-09-01', 'from', '2024-09-01 00:00:00'],
    ['2024-09-01', 'to', '2024-09-01 23:59:59'],
    ['2024/9/1 8:05', 'from', '2024-09-01 08:05:00'],
    ['2024.9.1 8:05', 'to', '2024-09-01 08:05:59'],
    ['2024-09-01T08:05:09', 'to', '2024-09-01 08:05:09'],
    [' 2024-02-29 ', 'from', '2024-02-29 00:00:00'],
  ] as const)('%s as %s is %s', (text, end, read) => {
    expect(readTyped(text, end)).toBe(read)
  })

  it.each(['', '2023-02-29', '2024-13-01', '2024-09-01 24:00:00', 'yesterday', '20240901', '2024-09-01 08'])(
    '%s is none',
    (text) => {
      expect(readTyped(text, 'from')).toBeNull()
    },
  )
})
