import type { Range } from '#shared/contract/common.ts'
import type { Run, RunOutcome } from '#shared/contract/sync.ts'
import { toAppError, type AppError, type ErrorCode } from '#shared/errors.ts'
import type { OpenRequest } from '#shared/database/contract.ts'
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
  /** Asked before each window of a range beyond the first; false: what is left waits for another run. */
  mayGoOn?: () => Promise<boolean>
  warn: (message: string, cause: unknown) => void
}

type RangeStep = Step & { kind: 'range' }

/** By a clock that was this wrong, a plan may have left something out. */
const wrongClockMs = 300_000

/** The upstream heard us and said no. */
const refusals: ReadonlySet<ErrorCode> = new Set(['unauthorised', 'badParameters', 'upstreamRefused', 'tooFast'])

/** One run: one order type, one channel, the steps of its plan in order, until one of them stops it. */
export class SyncRun {
  readonly #context: RunContext
  readonly #type: OrderType
  readonly #channel: Channel
  #runId = 0
  #askedIncremental = false
  /** The clock's correction when the ranges being read were planned. */
  #plannedSkewMs = 0
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

  /**
   * Resolves with the run as it is in the list, failed or not. Throws only where not even that could be written.
   * The plan is made by the corrected clock, and made anew where the first replies show that it was wrong.
   */
  async perform(plan: () => RunPlan): Promise<Run> {
    const { database, clock, account, watcher } = this.#context
    const { purpose, range } = plan()
    const row = { accountId: account.id, type: this.#type, channel: this.#channel, purpose, range, at: clock.now() }
    this.#runId = (await database.call('runs.begin', row)).runId
    watcher.begin(this.#type, purpose === 'repair')
    try {
      await this.#byRightClock(() => this.#takeAll(plan()))
    } catch (thrown) {
      this.#stopped = toAppError(thrown)
      this.#error = this.#stopped
      this.#open ||= this.#asking
    }
    return this.#end()
  }

  async #takeAll({ purpose, steps }: RunPlan): Promise<void> {
    if (purpose === 'range') await this.#want(steps)
    for (const step of steps) {
      if (this.#stopped !== null) return
      if (step.kind === 'range') await this.#readRange(step)
      else await this.#askIncremental()
    }
  }

  /** What the merchant chose is continued later where this run does not get through it. */
  async #want(steps: readonly Step[]): Promise<void> {
    const { database, account, clock } = this.#context
    const of = { accountId: account.id, type: this.#type, channel: this.#channel }
    for (const step of steps)
      if (step.kind === 'range') await database.call('ranges.want', { ...of, range: step.range, at: clock.now() })
  }

  async #byRightClock(work: () => Promise<void>): Promise<void> {
    for (let pass = 1; pass <= 2; pass += 1) {
      this.#plannedSkewMs = this.#context.clock.correctionMs
      await work()
      if (this.#stopped !== null || !this.#clockMoved()) return
    }
  }

  #clockMoved(): boolean {
    return Math.abs(this.#context.clock.correctionMs - this.#plannedSkewMs) > wrongClockMs
  }

  async #askIncremental(): Promise<void> {
    if (this.#askedIncremental) return
    this.#askedIncremental = true
    const { watcher, clock } = this.#context
    watcher.windows(0, 1)
    const openedAtPc = clock.pcNow()
    const answer = await this.#ask(null)
    if (answer.state === 'merged') {
      this.#said = answer.merge.said ?? this.#said
      this.#unclear ||= answer.merge.outcome === 'unclear'
      watcher.windows(1, 1)
      // It did not bring everything, and what it left out may never be offered again.
      if (answer.merge.capped !== null) await this.#repairNow(answer.requestId, openedAtPc)
      return
    }
    this.#said = answer.said ?? this.#said
    this.#error = answer.error
    this.#stopped = answer.error
    if (answer.state === 'unknown') await this.#repairNow(answer.requestId, openedAtPc)
  }

  /** The incremental call may have delivered what never arrived: only a range brings it back. */
  async #repairNow(id: number, openedAtPc: number): Promise<void> {
    const { database, account, clock } = this.#context
    const of = { accountId: account.id, type: this.#type }
    const { oldestUnfinished } = await database.call('sync.facts', of)
    this.#stopped = null
    let left: readonly OpenRequest[] = []
    await this.#byRightClock(async () => {
      const request = { ...of, id, channel: this.#channel, range: null, openedAt: clock.at(openedAtPc) }
      left = [request]
      for (const step of repairSteps(left, { oldestUnfinished, now: clock.now() })) left = await this.#readRange(step)
    })
    if (left.length === 0) this.#error = null
    else this.#open = true
  }

  /** Returns the requests that this step was to repair and that stay open. */
  async #readRange({ range, repairs }: RangeStep): Promise<OpenRequest[]> {
    const { signal, watcher, mayGoOn } = this.#context
    const reader = new RangeReader({
      ask: (window) => this.#ask(window),
      close: (requestId) => this.#close(requestId),
      signal,
      mayGoOn: mayGoOn ?? (() => Promise.resolve(true)),
      onWindows: (done, planned) => watcher.windows(done, planned),
    })
    const read = await reader.read(range)
    this.#said = read.said ?? this.#said
    this.#unclear ||= read.unclear
    this.#stopped = read.stopped
    this.#error = read.error ?? read.stopped ?? this.#error
    this.#open ||= read.open && read.stopped !== null
    this.#partial ||= read.unread.length > 0 || read.unasked.length > 0
    const left = repairs.filter((request) => this.#clockMoved() || !isRepaired(request, range, read))
    for (const request of repairs) if (!left.includes(request)) await this.#close(request.id)
    return left
  }

  async #ask(range: Range | null): Promise<Answer> {
    const { askOptions, signal, database, account, clock } = this.#context
    const question = { type: this.#type, channel: this.#channel, range }
    const row = { runId: this.#runId, accountId: account.id, ...question, at: clock.now() }
    const { requestId } = await database.call('requests.open', row)
    this.#asking = true
    const answer = await ask(this.#context, askOptions, requestId, question, signal)
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

/** What could not be read of a range has an open request of its own; an incremental one waits for every part. */
function isRepaired(request: OpenRequest, asked: Range, { unread, unasked }: RangeRead): boolean {
  const missing = request.range === null ? [...unread, ...unasked] : unasked
  return !missing.some((left) => overlap(left, request.range ?? asked))
}
