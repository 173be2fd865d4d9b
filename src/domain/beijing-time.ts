/**
 * Beijing time is UTC+8 all year round since 1992, whatever the PC's zone says; nothing here asks the PC.
 * Text form everywhere: `YYYY-MM-DD HH:mm:ss`, years 0000 to 9999.
 */

export const secondMs = 1_000
export const hourMs = 3_600_000
export const dayMs = 86_400_000
const offsetMs = 8 * hourMs
const form = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})$/

/** Epoch milliseconds as Beijing text, cut to the second. Throws RangeError outside the years 0000 to 9999. */
export function toBeijing(epochMs: number): string {
  const iso = new Date(Math.floor(epochMs) + offsetMs).toISOString()
  if (iso.length !== 24) throw new RangeError('a time outside the years 0000 to 9999')
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)}`
}

/** Beijing text as epoch milliseconds. Throws RangeError unless it is exactly a real date and time of that form. */
export function fromBeijing(text: string): number {
  const epochMs = beijingToEpoch(text)
  if (epochMs === null) throw new RangeError('not a Beijing time of the form YYYY-MM-DD HH:mm:ss')
  return epochMs
}

/** True for exactly the texts that `fromBeijing` takes. */
export function isBeijing(text: string): boolean {
  return beijingToEpoch(text) !== null
}

/** The Beijing day of a moment, `YYYY-MM-DD`. */
export function beijingDay(epochMs: number): string {
  return toBeijing(epochMs).slice(0, 10)
}

/** The first Beijing midnight after a moment, in epoch ms: when the day's quota begins anew. */
export function nextBeijingMidnight(epochMs: number): number {
  return (Math.floor((epochMs + offsetMs) / dayMs) + 1) * dayMs - offsetMs
}

function beijingToEpoch(text: string): number | null {
  const parts = form.exec(text)
  if (parts === null) return null
  const [year, month, day, hour, minute, second] = parts.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  return epochOfBeijing(year, month, day, hour, minute, second)
}

/** A Beijing wall clock's moment in epoch ms, or null where there is no such date or time (30 February, 24:00:00). */
export function epochOfBeijing(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number | null {
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return null
  // Not Date.UTC, which reads the years 0 to 99 as 1900 to 1999.
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  if (date.getUTCDate() !== day) return null
  return date.getTime() + hour * hourMs + minute * 60_000 + second * secondMs - offsetMs
}
