/** Too little is done yet to tell how long the rest takes. */
const leastShare = 0.03
const leastMs = 1_500

/** Milliseconds until the whole is done, at the speed so far; null: it cannot be told, or is over at once. */
export function timeLeftMs(startedAt: number, now: number, share: number): number | null {
  const passed = now - startedAt
  if (share < leastShare || passed < leastMs || share >= 1) return null
  return (passed / share) * (1 - share)
}

/** In seconds by fives, from a minute and a half on in minutes: a number that jumps is not read. */
export function timeLeftWords(ms: number): { unit: 'leftSeconds' | 'leftMinutes'; count: number } {
  const seconds = Math.max(1, Math.round(ms / 1_000))
  if (seconds >= 90) return { unit: 'leftMinutes', count: Math.round(seconds / 60) }
  return { unit: 'leftSeconds', count: seconds <= 5 ? seconds : Math.ceil(seconds / 5) * 5 }
}
