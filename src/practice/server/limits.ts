import { beijingDate } from '../beijing.ts'

/** Calls of each key in one Beijing day. */
export interface DayCount {
  day: string
  calls: Record<string, number>
}

/**
 * 1 call a second and so many a Beijing day, per key, as this server sees them arrive. A call that is refused here
 * counts for neither. The second is real time (the caller waits in real time), the day is practice time.
 */
export class Limits {
  private count: DayCount
  private readonly lastArrivedMs = new Map<string, number>()

  constructor(saved: DayCount = { day: '', calls: {} }) {
    this.count = saved
  }

  /** `arrivedMs` monotonic. */
  admit(
    key: string,
    arrivedMs: number,
    practiceMs: number,
    rules: { minIntervalMs: number; dailyLimit: number },
  ): 'admitted' | 'tooFast' | 'quotaUsed' {
    const last = this.lastArrivedMs.get(key)
    if (last !== undefined && arrivedMs - last < rules.minIntervalMs) return 'tooFast'
    const day = beijingDate(practiceMs)
    if (this.count.day !== day) this.count = { day, calls: {} }
    const used = this.count.calls[key] ?? 0
    if (used >= rules.dailyLimit) return 'quotaUsed'
    this.lastArrivedMs.set(key, arrivedMs)
    this.count.calls[key] = used + 1
    return 'admitted'
  }

  save(): DayCount {
    return this.count
  }
}
