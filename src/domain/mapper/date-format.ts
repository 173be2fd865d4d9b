import { epochOfBeijing, toBeijing } from '../beijing-time.ts'
import type { WallClock } from '../wall-clock.ts'
import { isOrderTime } from './times.ts'

const token = /YYYY|YY|MM|M|DD|D|HH|H|hh|h|mm|m|ss|s|A/g
type Part = 'year' | 'month' | 'day' | 'hour' | 'hour12' | 'minute' | 'second' | 'half'
const parts: Readonly<Record<string, readonly [Part, string]>> = {
  YYYY: ['year', String.raw`(\d{4})`],
  YY: ['year', String.raw`(\d{2})`],
  MM: ['month', String.raw`(\d{2})`],
  M: ['month', String.raw`(\d{1,2})`],
  DD: ['day', String.raw`(\d{2})`],
  D: ['day', String.raw`(\d{1,2})`],
  HH: ['hour', String.raw`(\d{2})`],
  H: ['hour', String.raw`(\d{1,2})`],
  hh: ['hour12', String.raw`(\d{2})`],
  h: ['hour12', String.raw`(\d{1,2})`],
  mm: ['minute', String.raw`(\d{2})`],
  m: ['minute', String.raw`(\d{1,2})`],
  ss: ['second', String.raw`(\d{2})`],
  s: ['second', String.raw`(\d{1,2})`],
  A: ['half', '(am|pm|上午|下午)'],
}

/** Reads one writing of a time, as a clock showed it; null where the text is not written so. */
export type DateFormat = (text: string, clock: WallClock) => string | null

/**
 * A format such as `DD/MM/YYYY HH:mm` as a reader. null: it makes no sense (no year, month or day; a part twice; 12-hour
 * clock without A). Blanks stand for any run of blanks, everything else for itself. A date alone is not moved.
 */
export function compileDateFormat(format: string): DateFormat | null {
  const order: Part[] = []
  let pattern = ''
  let copied = 0
  for (const { 0: found, index } of format.matchAll(token)) {
    const [part, digits] = parts[found] ?? []
    if (part === undefined || digits === undefined) continue
    pattern += literal(format.slice(copied, index)) + digits
    order.push(part)
    copied = index + found.length
  }
  pattern += literal(format.slice(copied))
  const has = (part: Part): boolean => order.includes(part)
  if (!has('year') || !has('month') || !has('day') || new Set(order).size !== order.length) return null
  if (has('hour12') !== has('half') || (has('hour') && has('hour12'))) return null
  const whole = new RegExp(`^${pattern}$`, 'i')
  const dated = !has('hour') && !has('hour12')
  return (text, clock) => {
    const match = whole.exec(text.trim())
    if (match === null) return null
    const wallMs = wallOf(new Map(order.map((part, index) => [part, match[index + 1] ?? ''])))
    if (wallMs === null) return null
    const epochMs = dated ? wallMs : clock(wallMs)
    return isOrderTime(epochMs) ? toBeijing(epochMs) : null
  }
}

function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`).replaceAll(/\s+/g, String.raw`\s+`)
}

function wallOf(values: ReadonlyMap<Part, string>): number | null {
  const number = (part: Part): number => Number(values.get(part) ?? 0)
  const year = values.get('year')?.length === 2 ? 2000 + number('year') : number('year')
  const hour = hourOf(values, number)
  if (hour === null) return null
  return epochOfBeijing(year, number('month'), number('day'), hour, number('minute'), number('second'))
}

function hourOf(values: ReadonlyMap<Part, string>, number: (part: Part) => number): number | null {
  const half = values.get('half')
  if (half === undefined) return number('hour')
  const hour = number('hour12')
  if (hour < 1 || hour > 12) return null
  return (hour % 12) + (/pm|下午/i.test(half) ? 12 : 0)
}
