import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBeijing, toBeijing } from '#domain/beijing-time.ts'
import { beijingClock, fixedClock, isZone, zoneClock } from '#domain/wall-clock.ts'

/** Beijing time when clocks of the zone show `text`. */
const read = (zone: string, text: string): string => toBeijing(zoneClock(zone)(fromBeijing(text)))

describe('clocks of a named zone', () => {
  it.each([
    ['America/New_York', '2026-01-15 09:30:00', '2026-01-15 22:30:00'],
    ['America/New_York', '2026-07-15 09:30:00', '2026-07-15 21:30:00'],
    ['Europe/London', '2026-03-29 00:59:59', '2026-03-29 08:59:59'],
    ['Europe/London', '2026-03-29 02:00:00', '2026-03-29 09:00:00'],
    ['Australia/Lord_Howe', '2026-01-01 12:00:00', '2026-01-01 09:00:00'],
    ['Asia/Kathmandu', '2026-01-01 12:00:00', '2026-01-01 14:15:00'],
    ['Asia/Shanghai', '2026-06-01 12:00:00', '2026-06-01 12:00:00'],
    ['Pacific/Apia', '2026-01-01 00:30:00', '2025-12-31 19:30:00'],
    ['UTC', '2026-01-01 16:00:00', '2026-01-02 00:00:00'],
  ])('%s: %s is %s in Beijing', (zone, text, beijing) => {
    expect(read(zone, text)).toBe(beijing)
  })

  it('mean the first of two where they go back, and go on where they jump', () => {
    expect(read('America/New_York', '2026-11-01 01:30:00'), 'shown twice').toBe('2026-11-01 13:30:00')
    expect(read('America/New_York', '2026-03-08 02:30:00'), 'never shown').toBe('2026-03-08 15:30:00')
  })

  it('show again what they were read from, at any moment that they show once', () => {
    const zones = fc.constantFrom(
      'America/New_York',
      'Europe/Berlin',
      'Australia/Sydney',
      'America/St_Johns',
      'Asia/Tehran',
    )
    const moments = fc.integer({ min: Date.UTC(2000, 0, 3) / 1_000, max: Date.UTC(2060, 0, 1) / 1_000 })
    fc.assert(
      fc.property(zones, moments, (zone, seconds) => {
        const shown = textIn(zone, seconds * 1_000)
        const moment = zoneClock(zone)(fromBeijing(shown))
        expect(textIn(zone, moment)).toBe(shown)
        // The earlier one where it is shown twice.
        expect(moment).toBeLessThanOrEqual(seconds * 1_000)
      }),
    )
  })
})

describe('clocks of a fixed offset', () => {
  it.each([
    [480, '2026-01-01 12:00:00'],
    [0, '2026-01-01 20:00:00'],
    [-210, '2026-01-01 23:30:00'],
    [840, '2026-01-01 06:00:00'],
  ])('%i minutes east of UTC', (minutes, beijing) => {
    expect(toBeijing(fixedClock(minutes)(fromBeijing('2026-01-01 12:00:00')))).toBe(beijing)
  })

  it('are Beijing’s own where they agree', () => {
    expect(fixedClock(480)).toBe(beijingClock)
  })
})

it.each([
  ['America/New_York', true],
  ['UTC', true],
  ['Mars/Olympus', false],
  ['+08:00', false],
  ['', false],
])('%s is a zone: %s', (name, known) => {
  expect(isZone(name)).toBe(known)
})

function textIn(zone: string, epochMs: number): string {
  const options = { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' } as const
  return new Intl.DateTimeFormat('sv-SE', options).format(epochMs)
}
