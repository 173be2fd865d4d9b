import { dayMs, hourMs, timeOfDayMs } from '../beijing.ts'

/**
 * When orders are made: evenly by the day, a tenth of each between midnight and 8 o'clock (Beijing). The first `orders`
 * of them lie in the `historyDays` before the epoch; the same rhythm then goes on for ever.
 */
export class Rhythm {
  private readonly startPosition: number
  private readonly perDay: number

  constructor(options: { orders: number; historyDays: number; epochMs: number }) {
    this.startPosition = toPosition(options.epochMs - options.historyDays * dayMs)
    this.perDay = options.orders / (toPosition(options.epochMs) - this.startPosition)
  }

  /** Creation time of an order; `jitter` in [0, 1) moves it within its own slot, so a later index is never earlier. */
  createdMs(index: number, jitter: number): number {
    const atMs = fromPosition(this.startPosition + (index + jitter) / this.perDay)
    return Math.floor(atMs / 1000) * 1000
  }

  /** An index whose order was made about then; right to within one. */
  indexNear(atMs: number): number {
    return Math.floor((toPosition(atMs) - this.startPosition) * this.perDay)
  }
}

const nightMs = 8 * hourMs
const nightShare = 0.1

/** Days since 1970 Beijing, with the time of day bent by how busy it is. */
function toPosition(epochMs: number): number {
  const clockMs = timeOfDayMs(epochMs)
  const day = Math.round((epochMs - clockMs) / hourMs) / 24
  const share =
    clockMs < nightMs
      ? (clockMs / nightMs) * nightShare
      : nightShare + ((clockMs - nightMs) / (dayMs - nightMs)) * (1 - nightShare)
  return day + share
}

function fromPosition(position: number): number {
  const beijingMidnight = -8 / 24
  const day = Math.floor(position - beijingMidnight) + beijingMidnight
  const share = position - day
  const clockMs =
    share < nightShare
      ? (share / nightShare) * nightMs
      : nightMs + ((share - nightShare) / (1 - nightShare)) * (dayMs - nightMs)
  return day * dayMs + clockMs
}
