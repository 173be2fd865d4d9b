import { dayMs } from './beijing-time.ts'

/** Whole days as `YYYY-MM-DD`, both included. What days they are (here: Beijing's) does not matter to the arithmetic. */
export interface Days {
  from: string
  to: string
}

export type BucketUnit = 'day' | 'week' | 'month'

/** Up to so many days each has its own bar, then each week, then each month. */
const mostDays = 62
const mostWeekDays = 371
/** No chart and no list gets longer: what is older is one with the oldest. */
export const mostBuckets = 240

export function addDays(day: string, days: number): string {
  return new Date(epochOf(day) + days * dayMs).toISOString().slice(0, 10)
}

/** How many days a range holds; 0 where it ends before it begins. */
export function dayCount({ from, to }: Days): number {
  return Math.max(0, Math.round((epochOf(to) - epochOf(from)) / dayMs) + 1)
}

export function unitOf(range: Days): BucketUnit {
  const days = dayCount(range)
  return days <= mostDays ? 'day' : days <= mostWeekDays ? 'week' : 'month'
}

/** The range cut into days, weeks (from Monday) or months, oldest first, without a gap and never beyond its ends. */
export function cutInto(unit: BucketUnit, range: Days): Days[] {
  const parts: Days[] = []
  for (let to = range.to; to >= range.from && parts.length < mostBuckets;) {
    const begin = firstOf(unit, to)
    const from = begin < range.from ? range.from : begin
    parts.unshift({ from, to })
    to = addDays(from, -1)
  }
  const oldest = parts[0]
  if (oldest !== undefined) oldest.from = range.from
  return parts
}

function firstOf(unit: BucketUnit, day: string): string {
  if (unit === 'day') return day
  if (unit === 'month') return `${day.slice(0, 7)}-01`
  return addDays(day, -((new Date(epochOf(day)).getUTCDay() + 6) % 7))
}

/** As many days directly before. */
export function rangeBefore(range: Days): Days {
  return { from: addDays(range.from, -dayCount(range)), to: addDays(range.from, -1) }
}

/** The whole months within a range (`YYYY-MM`), and the days around them. */
export function wholeMonths(range: Days): { months: string[]; days: Days[] } {
  const months: string[] = []
  const days: Days[] = []
  for (const part of cutInto('month', range)) {
    const month = part.from.slice(0, 7)
    const whole = part.from === `${month}-01` && addDays(part.to, 1).slice(8) === '01' && part.to.startsWith(month)
    if (whole) months.push(month)
    else days.push(part)
  }
  return { months, days }
}

function epochOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`)
}
