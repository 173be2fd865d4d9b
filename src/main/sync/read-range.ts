import type { Range } from '#shared/contract/common.ts'
import type { MergeResult } from '#shared/database/contract.ts'
import { AppError, type ErrorCode } from '#shared/errors.ts'
import { secondMs } from '#domain/beijing-time.ts'
import { firstWindowMs, grownWindowMs, halve, nextWindow, rangeSpanMs } from '#domain/ranges.ts'
import type { Answer } from '../upstream/ask.ts'

/** Signs that a window asks too much of the upstream. */
const halvable: ReadonlySet<ErrorCode> = new Set(['timeout', 'upstreamFault', 'tooLarge'])
/** After so many smallest windows in a row without a reply, the rest of that window is left for a repair. */
const failuresBeforeGivingUp = 3
/**
 * A cap hides orders, so among its halves new ones turn up soon (eight halvings reach one 256th of a window). An
 * upstream that answers every window with the same round number of the same orders ignores the range: halving on
 * would only spend the day's quota.
 */
const halvingsWithoutNews = 8

export interface RangeReaderOptions {
  ask: (window: Range) => Promise<Answer>
  /** Closes a request that was halved, once each of its parts is read or has an open request of its own. */
  close: (requestId: number) => Promise<void>
  signal: AbortSignal
  /** False: what is left is not asked now. */
  mayGoOn: () => Promise<boolean>
  /** Windows done, and planned as far as can be told. */
  onWindows: (done: number, planned: number) => void
}

/** What became of a range. Everything not named in `unread` or `unasked` is merged. */
export interface RangeRead {
  /** Asked but not read; each has an open request of its own. */
  readonly unread: Range[]
  readonly unasked: Range[]
  /** Why reading ended early; null: every window was tried. */
  stopped: AppError | null
  /** The last error of a window that could not be read. */
  error: AppError | null
  /** A request of this reading stays open. */
  open: boolean
  unclear: boolean
  said: string | null
}

interface AskedWindow {
  requestId: number
  window: Range
}

/**
 * Reads one range in windows of 31 days that double while replies are quick and small. A window that times out, gives
 * 500 or is too large is halved, down to an hour; one whose reply was capped down to a second, until its replies agree.
 * Where no part of a window can be read, the upstream is down and the rest is not asked. One reader reads one range.
 */
export class RangeReader {
  readonly #options: RangeReaderOptions
  readonly #halved: AskedWindow[] = []
  readonly #mergedWindows: AskedWindow[] = []
  readonly #read: RangeRead = {
    unread: [],
    unasked: [],
    stopped: null,
    error: null,
    open: false,
    unclear: false,
    said: null,
  }
  #windowMs = firstWindowMs
  /** A capped upstream would only cap the wider window again. */
  #mayGrow = true
  #done = 0
  #merged = 0
  #failuresInARow = 0
  /** Replies in a row that stopped at a round number and brought nothing. */
  #withoutNews = 0

  constructor(options: RangeReaderOptions) {
    this.#options = options
  }

  async read(range: Range): Promise<RangeRead> {
    for (let rest: Range | null = range; rest !== null;) {
      const cut: ReturnType<typeof nextWindow> = nextWindow(rest, this.#windowMs)
      rest = cut.rest
      await this.#readWhole(cut.window, rest)
    }
    await this.#closeHalved()
    return this.#read
  }

  /** One window with all the parts it may be halved into. */
  async #readWhole(window: Range, rest: Range | null): Promise<void> {
    const mergedBefore = this.#merged
    this.#failuresInARow = 0
    const queue = [window]
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const later = rest === null ? 0 : Math.ceil(rangeSpanMs(rest) / this.#windowMs)
      this.#options.onWindows(this.#done, this.#done + 1 + queue.length + later)
      queue.unshift(...(await this.#readOrHalve(next)))
    }
    if (this.#merged === mergedBefore) this.#read.stopped ??= this.#read.error
  }

  /** Returns the parts to be read instead, if any. */
  async #readOrHalve(window: Range): Promise<Range[]> {
    if (this.#options.signal.aborted || !(await this.#options.mayGoOn()))
      this.#read.stopped ??= new AppError('cancelled')
    if (this.#read.stopped !== null || this.#failuresInARow >= failuresBeforeGivingUp) {
      this.#read.unasked.push(window)
      return []
    }
    const answer = await this.#options.ask(window)
    if (answer.state === 'merged') return this.#onMerged(window, answer)
    this.#read.said = answer.said ?? this.#read.said
    this.#read.error = answer.error
    const parts = partsAfter(window, answer)
    if (parts === null) {
      this.#onFailed(window, answer)
      return []
    }
    if (answer.state === 'unknown') this.#halved.push({ requestId: answer.requestId, window })
    this.#windowMs = rangeSpanMs(parts[0])
    return parts
  }

  /** Returns the parts to be read besides: of a capped window, and of those that it showed to have been capped too. */
  #onMerged(window: Range, answer: Answer & { state: 'merged' }): Range[] {
    const { merge, requestId } = answer
    this.#done += 1
    this.#merged += 1
    this.#failuresInARow = 0
    this.#read.said = merge.said ?? this.#read.said
    this.#read.unclear ||= merge.outcome === 'unclear'
    if (merge.capped === 'round' && this.#ignoresRanges(merge)) {
      this.#halved.push({ requestId, window })
      return []
    }
    if (merge.capped !== null) return this.#onCapped({ requestId, window }, merge.reopened)
    this.#withoutNews = 0
    this.#mergedWindows.push({ requestId, window })
    const spanMs = rangeSpanMs(window)
    if (this.#mayGrow && spanMs >= this.#windowMs) this.#windowMs = grownWindowMs(spanMs, answer)
    return []
  }

  #ignoresRanges(merge: MergeResult): boolean {
    this.#withoutNews = merge.new + merge.changed > 0 ? 0 : this.#withoutNews + 1
    return this.#withoutNews > halvingsWithoutNews
  }

  #onCapped(asked: AskedWindow, reopened: readonly number[]): Range[] {
    this.#mayGrow = false
    const earlier = this.#mergedWindows.filter(({ requestId }) => reopened.includes(requestId))
    return [...earlier, asked].flatMap((capped) => {
      const parts = halve(capped.window, secondMs)
      if (parts !== null) {
        this.#halved.push(capped)
        this.#windowMs = rangeSpanMs(parts[0])
        return parts
      }
      this.#read.error = new AppError('replyCapped', 'one second holds more than a reply brings')
      this.#read.open = true
      this.#read.unread.push(capped.window)
      return []
    })
  }

  #onFailed(window: Range, answer: Exclude<Answer, { state: 'merged' }>): void {
    this.#done += 1
    this.#failuresInARow += 1
    const unknown = answer.state === 'unknown'
    if (!unknown || !halvable.has(answer.error.code)) this.#read.stopped = answer.error
    if (unknown) this.#read.open = true
    this.#read[unknown ? 'unread' : 'unasked'].push(window)
  }

  async #closeHalved(): Promise<void> {
    for (const { requestId, window } of this.#halved)
      if (this.#read.unasked.some((left) => overlap(left, window))) this.#read.open = true
      else await this.#options.close(requestId)
  }
}

/** A wider window than the first that is refused as bad parameters goes back to where the upstream still took it. */
function partsAfter(window: Range, answer: Exclude<Answer, { state: 'merged' }>): [Range, Range] | null {
  if (answer.state === 'unknown') return halvable.has(answer.error.code) ? halve(window) : null
  const widened = rangeSpanMs(window) > firstWindowMs
  return widened && answer.error.code === 'badParameters' ? halve(window) : null
}

/** Neighbours, which share one second, count as overlapping: that may close a request too late, never too early. */
export function overlap(a: Range, b: Range): boolean {
  return a.from <= b.to && b.from <= a.to
}
