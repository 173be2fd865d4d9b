import { hourMs } from './beijing-time.ts'

/**
 * Where a wall clock stands: given the moment at which Beijing's clocks show something, the moment at which the clocks
 * there show it. Both in epoch ms.
 */
export type WallClock = (beijingMs: number) => number

export const beijingClock: WallClock = (beijingMs) => beijingMs

const beijingOffsetMs = 8 * hourMs

/** Clocks that are always so far east of UTC. */
export function fixedClock(minutes: number): WallClock {
  const shiftMs = beijingOffsetMs - minutes * 60_000
  return shiftMs === 0 ? beijingClock : (beijingMs) => beijingMs + shiftMs
}

export function isZone(name: string): boolean {
  return formatOf(name) !== null
}

/**
 * The clocks of a zone of the IANA database, summer time included. As everywhere: of a time that is shown twice the
 * first is meant, and one that is never shown is as much later as the clocks jump. Throws RangeError for no such zone.
 */
export function zoneClock(name: string): WallClock {
  const format = formatOf(name)
  if (format === null) throw new RangeError('no such time zone')
  const offsetAt = offsetsOf(format)
  const dayMs = 24 * hourMs
  return (beijingMs) => {
    const wallMs = beijingMs + beijingOffsetMs
    const before = offsetAt(wallMs - dayMs)
    const after = offsetAt(wallMs + dayMs)
    const fits = [before, after].filter((offset) => offsetAt(wallMs - offset) === offset)
    return wallMs - (fits.length === 0 ? before : Math.max(...fits))
  }
}

function formatOf(name: string): Intl.DateTimeFormat | null {
  // Zones by name: "+08:00", which newer engines take too, would be a fixed clock.
  if (!/^[A-Za-z]/.test(name)) return null
  try {
    const parts = { year: 'numeric', month: 'numeric', day: 'numeric' } as const
    const clock = { hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' } as const
    return new Intl.DateTimeFormat('en-US', { ...parts, ...clock, timeZone: name })
  } catch {
    return null
  }
}

/** No zone changes its offset at another moment than a full quarter of an hour. */
const stepMs = 900_000
const mostKept = 20_000

/** Ms east of UTC at a moment. Kept by the quarter of an hour: asking the engine takes long. */
function offsetsOf(format: Intl.DateTimeFormat): (epochMs: number) => number {
  const kept = new Map<number, number>()
  return (epochMs) => {
    const step = Math.floor(epochMs / stepMs)
    const known = kept.get(step)
    if (known !== undefined) return known
    if (kept.size >= mostKept) kept.clear()
    const offset = offsetBy(format, step * stepMs)
    kept.set(step, offset)
    return offset
  }
}

function offsetBy(format: Intl.DateTimeFormat, epochMs: number): number {
  const parts = new Map(format.formatToParts(epochMs).map(({ type, value }) => [type, Number(value)]))
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0
  const [year, month, day] = [part('year'), part('month'), part('day')]
  return Date.UTC(year, month - 1, day, part('hour'), part('minute'), part('second')) - epochMs
}
