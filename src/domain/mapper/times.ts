import { epochOfBeijing, hourMs, toBeijing } from '../beijing-time.ts'
import { beijingClock, type WallClock } from '../wall-clock.ts'

const usual = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})$/
const loose =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]*(\d{1,2})[:时点](\d{1,2})(?:[:分](\d{1,2}))?秒?分?(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i
const compact = /^(20\d{2})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?$/

/** Orders of this trade lie between these; what is outside is no time of an order. */
const earliestMs = Date.UTC(2000, 0, 1)
const latestMs = Date.UTC(2100, 0, 1)
/** Excel's day 25569 is 1 January 1970. */
const excelEpochDay = 25_569

/**
 * An upstream's time as `YYYY-MM-DD HH:mm:ss` Beijing, or null where it is none: `Y-m-d H:i:s` (Beijing), other common
 * writings, ISO with a zone (converted), a date alone (00:00:00), 10- and 13-digit epochs, Excel serials, 8 and 14
 * digits run together. 0 and 0000-00-00 mean "none". `clock` is what times without a
 * zone were read from (a date alone, an epoch and a time with its own zone are what they are).
 */
export function readTime(text: string, clock: WallClock = beijingClock): string | null {
  const plain = usual.exec(text)
  if (plain !== null && clock === beijingClock) return within(epochOfParts(plain)) === null ? null : text
  const epochMs = /^\d+(?:\.\d+)?$/.test(text) ? fromNumber(text, clock) : fromLoose(text, clock)
  const inside = within(epochMs)
  return inside === null ? null : toBeijing(inside)
}

/** Reads a time as the merchant's formats and zone say. */
export type ReadTime = (text: string) => string | null

/** True for a moment at which an order of this trade can have been. */
export function isOrderTime(epochMs: number): boolean {
  return within(epochMs) !== null
}

function fromLoose(text: string, clock: WallClock): number | null {
  const parts = loose.exec(text)
  if (parts === null) return null
  const wallMs = epochOfParts(parts)
  const zone = parts[7]
  if (wallMs === null) return null
  if (zone !== undefined) return wallMs + 8 * hourMs - zoneMs(zone)
  return parts[4] === undefined ? wallMs : clock(wallMs)
}

function zoneMs(zone: string): number {
  if (zone.toUpperCase() === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000
}

function fromNumber(text: string, clock: WallClock): number | null {
  const whole = text.split('.')[0] ?? ''
  if (whole.length === 10) return Number(text) * 1_000
  if (whole.length === 13) return Number(whole)
  if (whole.length === 5) {
    const wallMs = Math.round((Number(text) - excelEpochDay) * 86_400) * 1_000 - 8 * hourMs
    return text === whole ? wallMs : clock(wallMs)
  }
  const parts = compact.exec(text)
  const wallMs = parts === null ? null : epochOfParts(parts)
  return wallMs === null || parts?.[4] === undefined ? wallMs : clock(wallMs)
}

function epochOfParts(parts: RegExpExecArray): number | null {
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((at) => Number(parts[at] ?? 0))
  return epochOfBeijing(year ?? 0, month ?? 0, day ?? 0, hour ?? 0, minute ?? 0, second ?? 0)
}

function within(epochMs: number | null): number | null {
  return epochMs !== null && epochMs >= earliestMs && epochMs < latestMs ? epochMs : null
}
