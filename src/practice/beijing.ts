/**
 * Beijing wall time of the practice upstream (UTC+8, no daylight saving since 1991). Its own few lines on purpose:
 * the upstream must not share a mistake with the app that it tests.
 */
const offsetMs = 8 * 3_600_000
export const hourMs = 3_600_000
export const dayMs = 24 * hourMs

/** `YYYY-MM-DD HH:mm:ss` of an epoch in milliseconds, whole seconds. */
export function beijingText(epochMs: number): string {
  const iso = new Date(epochMs + offsetMs).toISOString()
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)}`
}

/** `YYYY-MM-DD` of an epoch in milliseconds. */
export function beijingDate(epochMs: number): string {
  return beijingText(epochMs).slice(0, 10)
}

/** Epoch in milliseconds of `YYYY-MM-DD HH:mm:ss`; null for anything else, 31 February and 25 o'clock included. */
export function parseBeijing(text: string): number | null {
  const parts = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/.exec(text)?.slice(1).map(Number)
  if (parts === undefined) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
  const epochMs = Date.UTC(year, month - 1, day, hour, minute, second) - offsetMs
  return beijingText(epochMs) === text ? epochMs : null
}

/** Milliseconds since the Beijing midnight before this epoch. */
export function timeOfDayMs(epochMs: number): number {
  return (((epochMs + offsetMs) % dayMs) + dayMs) % dayMs
}
