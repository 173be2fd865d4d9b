import { isBeijing } from '#domain/beijing-time.ts'

const written = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/

/** A typed date or time as `YYYY-MM-DD HH:mm:ss`; a bare day is its first or last second. null: no real date. */
export function readTyped(text: string, end: 'from' | 'to'): string | null {
  const match = written.exec(text.trim())
  if (match === null) return null
  const [, year, month, day, hour, minute, second] = match
  const date = `${year}-${two(month)}-${two(day)}`
  const lastSecond = end === 'to' ? '59' : '00'
  const time =
    hour === undefined
      ? end === 'to'
        ? '23:59:59'
        : '00:00:00'
      : `${two(hour)}:${two(minute)}:${second ?? lastSecond}`
  return isBeijing(`${date} ${time}`) ? `${date} ${time}` : null
}

function two(text: string | undefined): string {
  return (text ?? '').padStart(2, '0')
}
