/** Zones in which servers usually stand, besides Beijing's; `word` is their name in the locale files. */
export const usualZones = [
  { zone: 'UTC', word: 'utc' },
  { zone: 'Asia/Tokyo', word: 'tokyo' },
  { zone: 'Asia/Bangkok', word: 'bangkok' },
  { zone: 'Europe/London', word: 'london' },
  { zone: 'Europe/Berlin', word: 'berlin' },
  { zone: 'America/New_York', word: 'newYork' },
  { zone: 'America/Los_Angeles', word: 'losAngeles' },
  { zone: 'Australia/Sydney', word: 'sydney' },
] as const
const isUsual = (name: string): boolean => usualZones.some(({ zone }) => zone === name)

/** Offsets in use somewhere on earth, in minutes east of UTC. */
export const offsets: readonly number[] = [
  ...Array.from({ length: 27 }, (_, index) => (index - 12) * 60),
  -570,
  -210,
  210,
  270,
  330,
  345,
  390,
  525,
  570,
  630,
  765,
].sort((one, other) => one - other)

/** UTC+8, UTC-3:30. */
export function offsetName(minutes: number): string {
  if (minutes === 0) return 'UTC'
  const whole = Math.floor(Math.abs(minutes) / 60)
  const rest = Math.abs(minutes) % 60
  return `UTC${minutes < 0 ? '-' : '+'}${whole}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`
}

/** Every further zone that this engine lists by place, and `chosen`, which another engine may have listed. */
export function furtherZones(chosen: string | null): string[] {
  const listed = Intl.supportedValuesOf('timeZone')
  const places = listed.filter((name) => name.includes('/') && !name.startsWith('Etc/') && !isUsual(name))
  const missing = chosen !== null && !isUsual(chosen) && !places.includes(chosen)
  return missing ? [chosen, ...places] : places
}

/** America/New York. */
export function zoneLabel(name: string): string {
  return name.replaceAll('_', ' ')
}
