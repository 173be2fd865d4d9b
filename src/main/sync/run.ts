import type { Range } from '#shared/contract/common.ts'
import type { Run, RunOutcome } from '#shared/contract/sync.ts'
import { toAppError, type AppError, type ErrorCode } from '#shared/errors.ts'
import type { Channel, OrderType } from '#domain/vocabulary.ts'
import { ask, type Answer, type AskOptions } from '../upstream/ask.ts'
import type { CallContext } from '../upstream/attempt.ts'
import { repairSteps } from './plan-repair.ts'
import type { RunPlan, Step } from './plan-sync.ts'
import type { ProgressMeter } from './progress.ts'
import { overlap, RangeReader, type RangeRead } from './read-range.ts'

/** What every run of one account's sync shares. */
export interface RunContext extends CallContext {
  watcher: ProgressMeter
  askOptions: AskOptions
  signal: AbortSignal
}

type RangeStep = Step & { kind: 'range' }

/** The upstream heard us and said no. */
const refusals: ReadonlySet<ErrorCode> = new Set(['unauthorised', 'badParameters', 'upstreamRefused', 'tooFast'])

/** One run: one order type, one channel, the steps of its plan in order, until one of them stops it. */
export class SyncRun {
  readonly #context: RunContext
  readonly #type: OrderType
  readonly #channel: Channel
  #runId = 0
  /** An error of the database while a call is under way leaves that call's outcome unknown. */
  #asking = false
  #stopped: AppError | null = null
  #error: AppError | null = null
  #open = false
  #partial = false
  #unclear = false
  #said: string | null = null

  constructor(context: RunContext, type: OrderType, channel: Channel) {
    this.#context = context
    this.#type = type
    this.#channel = channel
  }

  /** Resolves with the run as it is in the list, failed or not. Throws only where not even that could be written. */
  async perform({ purpose, range, steps }: RunPlan): Promise<Run> {
    const { database, clock, account, watcher } = this.#context
    const row = { accountId: account.id, type: this.#type, channel: this.#channel, purpose, range, at: clock.now() }
    this.#runId = (await database.call('runs.begin', row)).runId
    watcher.begin(this.#type, purpose === 'repair')
    try {
      for (const step of steps) if (this.#stopped === null) await this.#take(step)
    } catch (thrown) {
      this.#stopped = toAppError(thrown)
      this.#error = this.#stopped
      this.#open ||= this.#asking
    }
    return this.#end()
  }

  #take(step: Step): Promise<void> {
    return step.kind === 'range' ? this.#readRange(step).then(() => undefined) : this.#askIncremental()
  }

  async #askIncremental(): Promise<void> {
    this.#context.watcher.windows(0, 1)
    const openedAt = this.#context.clock.now()
    const answer = await this.#ask(null)
    if (answer.state === 'merged') {
      this.#said = answer.merge.said ?? this.#said
      this.#unclear ||= answer.merge.outcome === 'unclear'
      return this.#context.watcher.windows(1, 1)
    }
    this.#said = answer.said ?? this.#said
    this.#error = answer.error
    this.#stopped = answer.error
    if (answer.state === 'unknown') await this.#repairNow(answer.requestId, openedAt)
  }

  /** The incremental call may have delivered what never arrived: only a range brings it back. */
  async #repairNow(id: number, openedAt: number): Promise<void> {
    const { database, account, clock } = this.#context
    const of = { accountId: account.id, type: this.#type }
    const { oldestUnfinished } = await database.call('sync.facts', of)
    const request = { ...of, id, channel: this.#channel, range: null, openedAt }
    this.#stopped = null
    let whole = true
    for (const step of repairSteps([request], { oldestUnfinished, now: clock.now() })) {
      const read = await this.#readRange(step)
      whole &&= read.unread.length === 0 && read.unasked.length === 0
    }
    if (whole) this.#error = null
    else this.#open = true
  }

  async #readRange({ range, repairs }: RangeStep): Promise<RangeRead> {
    const { signal, watcher } = this.#context
    const reader = new RangeReader({
      ask: (window) => this.#ask(window),
      close: (requestId) => this.#close(requestId),
      signal,
      onWindows: (done, planned) => watcher.windows(done, planned),
    })
    const read = await reader.read(range)
    this.#said = read.said ?? this.#said
    this.#unclear ||= read.unclear
    this.#stopped = read.stopped
    this.#error = read.error ?? read.stopped ?? this.#error
    this.#open ||= read.open && read.stopped !== null
    this.#partial ||= read.unread.length > 0 || read.unasked.length > 0
    for (const request of repairs) {
      // What could not be read of a range has an open request of its own; an incremental one waits for every part.
      const missing = request.range === null ? [...read.unread, ...read.unasked] : read.unasked
      const own = request.range ?? range
      if (!missing.some((left) => overlap(left, own))) await this.#close(request.id)
    }
    return read
  }

  async #ask(range: Range | null): Promise<Answer> {
    const { askOptions, signal } = this.#context
    this.#asking = true
    const question = { type: this.#type, channel: this.#channel, range }
    const answer = await ask(this.#context, askOptions, this.#runId, question, signal)
    this.#asking = false
    return answer
  }

  async #close(requestId: number): Promise<void> {
    const { database, clock } = this.#context
    await database.call('requests.close', { requestId, state: 'answered', at: clock.now() })
  }

  #end(): Promise<Run> {
    const outcome = this.#outcome()
    const failed = outcome === 'understood' || outcome === 'unclear' || outcome === 'cancelled' ? null : this.#error
    return this.#context.database.call('runs.end', {
      runId: this.#runId,
      at: this.#context.clock.now(),
      outcome,
      complete: outcome === 'understood',
      said: this.#said,
      error: failed === null ? null : { code: failed.code, message: failed.message.slice(0, 500), data: failed.data },
    })
  }

  #outcome(): RunOutcome {
    if (this.#stopped?.code === 'cancelled') return 'cancelled'
    if (this.#open) return 'open'
    if (this.#stopped !== null) return refusals.has(this.#stopped.code) ? 'refused' : 'failed'
    if (this.#partial) return 'partial'
    return this.#unclear ? 'unclear' : 'understood'
  }
}
