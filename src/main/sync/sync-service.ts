import type { Range } from '#shared/contract/common.ts'
import type { Quota, Run, SyncProgress, SyncState } from '#shared/contract/sync.ts'
import { AppError } from '#shared/errors.ts'
import type { Channel, OrderType } from '#domain/vocabulary.ts'
import { beijingDay, dayMs, nextBeijingMidnight, toBeijing } from '#domain/beijing-time.ts'
import { firstWindowMs } from '#domain/ranges.ts'
import type { UpstreamAccount } from '../upstream/account.ts'
import type { Database } from '../upstream/attempt.ts'
import { CountByDay } from '../upstream/count-by-day.ts'
import { UpstreamClient } from '../upstream/client.ts'
import { keyFingerprint } from '../upstream/fingerprint.ts'
import { gatewayUrl } from '../upstream/gateway.ts'
import { ServerClock } from '../upstream/server-clock.ts'
import { Throttle } from '../upstream/throttle.ts'
import { planSync } from './plan-sync.ts'
import { ProgressMeter } from './progress.ts'
import { recover } from './recover.ts'
import { resume, wentWell } from './resume.ts'
import { SyncRun, type RunContext } from './run.ts'
import { StateNews } from './state-news.ts'
import { readWanted } from './wanted/read-wanted.ts'
import { Turns, type Occupant } from './turns.ts'

/** The API page: 10,000 calls a day and key. */
export const callsPerDay = 10_000

export interface SyncServiceOptions {
  /** The open database that holds the account. */
  database: (accountId: string) => Promise<Database>
  /** Throws accountNotFound, secretsMissing, passphraseNeeded. */
  credentials: (accountId: string) => Promise<UpstreamAccount>
  fetch: typeof fetch
  clock: { now(): number }
  /** 1,000 by the API page. */
  throttleIntervalMs: number
  log: { info(message: string): void; warn(message: string, cause?: unknown): void }
  /** How wrong the PC's clock was against an account's gateway when that was last heard from, ms to add; 0: not known. */
  keptCorrection?: (accountId: string) => number
  /** Accounts whose offer of older orders the merchant has answered. */
  backfillAnswered?: { has(accountId: string): boolean; add(accountId: string): unknown }
  /** What tests make smaller. */
  dailyLimit?: number
  backoffMs?: number
  maxReplyBytes?: number
  random?: () => number
}

export interface SyncRequest {
  accountId: string
  types: readonly OrderType[]
  channel: Channel
  range: Range | null
}

export interface SyncCallOptions {
  signal?: AbortSignal
  progress?: (progress: SyncProgress) => void
  /** Made by the schedule: it gives way to whatever the merchant starts. */
  background?: boolean
}

/** Everything that asks the upstream: syncs, repairs, their state and the quota. One sync an account at a time. */
export class SyncService {
  readonly #options: SyncServiceOptions
  readonly #client: UpstreamClient
  readonly #throttle: Throttle
  readonly #turns = new Turns()
  readonly #news: StateNews
  readonly #clocks = new Map<string, ServerClock>()
  readonly #days = new Map<string, CountByDay>()
  readonly #backfillAnswered: NonNullable<SyncServiceOptions['backfillAnswered']>
  /** When each database was first reached, by the monotonic clock: before it, an earlier process may have called. */
  readonly #reachedAt = new WeakMap<Database, number>()

  constructor(options: SyncServiceOptions) {
    this.#options = options
    this.#client = new UpstreamClient(options)
    this.#throttle = new Throttle({ intervalMs: options.throttleIntervalMs })
    this.#backfillAnswered = options.backfillAnswered ?? new Set<string>()
    this.#news = new StateNews(
      (accountId) => this.state(accountId),
      (thrown) => options.log.warn('a state could not be told', thrown),
    )
  }

  /** Tells every change of an account's state: progress, the end of a run. Returns the function that stops it. */
  onChanged(listener: (state: SyncState) => void): () => void {
    return this.#news.onChanged(listener)
  }

  /**
   * Repairs what is open, syncs one type after the other, then continues what a cancelled or failed range left unread.
   * Resolves with every run made, repairs first; runs carry their own errors. Throws only where nothing could be
   * started: syncRunning, accountNotFound, secretsMissing, gatewayNotAllowed and the like. The signal cancels: what is
   * sent is still read and merged.
   */
  start(request: SyncRequest, options: SyncCallOptions = {}): Promise<Run[]> {
    return this.perform(request.accountId, options, async (context) => {
      const runs = await this.syncTypes(context, request)
      if (!wentWell(runs) || context.signal.aborted) return runs
      const resumed = await resume(context)
      return [...runs, ...resumed, ...(wentWell(resumed) ? await readWanted(context) : [])]
    })
  }

  /** Reads in full what only status callbacks or pushes have told of, in the background of the merchant's own syncs. */
  readWanted(accountId: string, signal?: AbortSignal): Promise<Run[]> {
    const options = { background: true, ...(signal !== undefined && { signal }) }
    return this.perform(accountId, options, async (context) => [
      ...(await recover(context)),
      ...(await readWanted(context)),
    ])
  }

  /** Continues what a cancelled or failed range left unread. */
  resume(accountId: string, options: SyncCallOptions = {}): Promise<Run[]> {
    return this.perform(accountId, options, async (context) => [
      ...(await recover(context)),
      ...(await resume(context)),
    ])
  }

  /** Forgets what is unread. */
  async dropUnread(accountId: string): Promise<void> {
    await (await this.#database(accountId)).call('ranges.drop', { accountId })
    await this.#news.tell(accountId)
  }

  /** Repairs, then one run a type. For use within `perform`. */
  async syncTypes(context: RunContext, request: SyncRequest): Promise<Run[]> {
    const runs = await recover(context)
    for (const type of request.types) {
      if (context.signal.aborted && runs.length > 0) break
      runs.push(await this.#syncType(context, type, request))
      await this.#news.tell(request.accountId)
    }
    return runs
  }

  /** Any work that asks the upstream, in the account's turn; its state is told before and after. Throws as `start`. */
  async perform<T>(
    accountId: string,
    { signal, progress, background }: SyncCallOptions,
    work: (context: RunContext) => Promise<T>,
  ): Promise<T> {
    const inTurn = async (occupant: Occupant): Promise<T> => {
      const context = await this.#context(accountId, 'own', occupant, progress)
      await this.#news.tell(accountId)
      return work(context)
    }
    try {
      return await this.#turns.sync(accountId, signal, inTurn, background === true ? 'background' : 'sync')
    } finally {
      await this.#news.tell(accountId)
    }
  }

  /** Nothing asks for the account at the moment. */
  isFree(accountId: string): boolean {
    return this.#turns.isFree(accountId)
  }

  /** Epoch ms by the clock of the account's gateway, as far as it is known. */
  now(accountId: string): number {
    return this.#clock(accountId).now()
  }

  async #syncType(context: RunContext, type: OrderType, { channel, range }: SyncRequest): Promise<Run> {
    const { database, account, clock } = context
    const { lastCompleteAt } = await database.call('sync.facts', { accountId: account.id, type, channel })
    const { sharedWithOthers } = account
    const plan = () => planSync({ asked: range, sharedWithOthers, lastCompleteAt, now: clock.now() })
    const run = await new SyncRun(context, type, channel).perform(plan)
    this.#options.log.info(`sync ${run.purpose} ${type} ${channel}: ${run.outcome} ${run.error?.code ?? ''}`)
    return run
  }

  /** Repairs the open requests of accounts, one after the other, at the start of the window. Never throws. */
  async repairAll(accountIds: readonly string[]): Promise<void> {
    for (const accountId of accountIds) {
      const done = this.#turns.repair(accountId, async (occupant) => {
        await recover(await this.#context(accountId, 'own', occupant))
      })
      await done.catch((thrown: unknown) => this.#options.log.warn('a repair could not be made', thrown))
      await this.#news.tell(accountId)
    }
  }

  /** True when something was running. Resolves once it has ended. */
  cancel(accountId: string): Promise<boolean> {
    return this.#turns.cancel(accountId)
  }

  async state(accountId: string): Promise<SyncState> {
    const database = await this.#database(accountId)
    const summary = await database.call('sync.summary', { accountId })
    const asked = summary.lastRuns.some((run) => run.purpose === 'range')
    return {
      accountId,
      running: this.#turns.progress(accountId),
      ...summary,
      quota: await this.quota(accountId),
      clockSkewMs: this.#clock(accountId).skewMs,
      offerBackfill: summary.lastCompleteAt !== null && !asked && !this.#backfillAnswered.has(accountId),
    }
  }

  /** Calls of the account's key this Beijing day. Without a key none can have been made. */
  async quota(accountId: string): Promise<Quota> {
    const limit = this.#options.dailyLimit ?? callsPerDay
    const now = this.#clock(accountId).now()
    const resetsAt = toBeijing(nextBeijingMidnight(now))
    const key = await this.#key(accountId)
    if (key === '') return { used: 0, limit, resetsAt, spentByUpstream: false }
    const database = await this.#database(accountId)
    const fingerprint = await this.#fingerprint(database, key)
    const count = await database.call('quota.get', { keyFingerprint: fingerprint, day: beijingDay(now) })
    return { ...count, limit, resetsAt }
  }

  /** Of those, calls that follow-up rounds and reconciles of any account of the key have made. */
  async followUpCalls(accountId: string): Promise<number> {
    const key = await this.#key(accountId)
    if (key === '') return 0
    const database = await this.#database(accountId)
    const keyFingerprint = await this.#fingerprint(database, key)
    return (await database.call('quota.followUp', { keyFingerprint, day: beijingDay(this.now(accountId)) })).used
  }

  /** Calls that reading so many days back costs at the windows' starting size, over the account's types. */
  async backfillCost(accountId: string, days: number): Promise<number> {
    const { types } = await this.#options.credentials(accountId)
    return Math.ceil((days * dayMs) / firstWindowMs) * types.length
  }

  async dismissBackfill(accountId: string): Promise<void> {
    this.#backfillAnswered.add(accountId)
    await this.#news.tell(accountId)
  }

  async #context(
    accountId: string,
    type: OrderType,
    occupant: Occupant,
    progress?: (progress: SyncProgress) => void,
  ): Promise<RunContext> {
    const account = await this.#options.credentials(accountId)
    if (account.key === '') throw new AppError('secretsMissing')
    gatewayUrl(account.gateway)
    const database = await this.#database(accountId)
    const fingerprint = await this.#fingerprint(database, account.key)
    await this.#rememberCalls(database, fingerprint)
    const watcher = new ProgressMeter(accountId, type, (now) => {
      occupant.progress = now
      progress?.(now)
      this.#news.progress(now)
    })
    occupant.progress = watcher.current
    return {
      database,
      account,
      fingerprint,
      watcher,
      client: this.#client,
      throttle: this.#throttle,
      clock: this.#clock(accountId),
      days: this.#countOf(accountId),
      dailyLimit: this.#options.dailyLimit ?? callsPerDay,
      askOptions: { backoffMs: this.#options.backoffMs ?? 1_000, random: this.#options.random ?? Math.random },
      signal: occupant.signal,
      warn: (message, cause) => this.#options.log.warn(message, cause),
    }
  }

  async #rememberCalls(database: Database, fingerprint: string): Promise<void> {
    const { sentAt } = await database.call('attempts.last', { keyFingerprint: fingerprint })
    const reachedAt = this.#reachedAt.get(database) ?? performance.now()
    if (sentAt !== null) this.#throttle.calledBefore(fingerprint, reachedAt)
  }

  async #database(accountId: string): Promise<Database> {
    const database = await this.#options.database(accountId)
    if (!this.#reachedAt.has(database)) this.#reachedAt.set(database, performance.now())
    return database
  }

  async #fingerprint(database: Database, key: string): Promise<string> {
    const { fingerprintSecret } = await database.call('vault.fingerprintSecret', {})
    return keyFingerprint(fingerprintSecret, key)
  }

  /** '' where the secrets cannot be had at the moment; an unknown account still throws. */
  async #key(accountId: string): Promise<string> {
    try {
      return (await this.#options.credentials(accountId)).key
    } catch (thrown) {
      if (thrown instanceof AppError && (thrown.code === 'secretsMissing' || thrown.code === 'passphraseNeeded'))
        return ''
      throw thrown
    }
  }

  #clock(accountId: string): ServerClock {
    const { clock: pc, keptCorrection } = this.#options
    const clock = this.#clocks.get(accountId) ?? new ServerClock(pc, keptCorrection?.(accountId))
    this.#clocks.set(accountId, clock)
    return clock
  }

  #countOf(accountId: string): CountByDay {
    const days = this.#days.get(accountId) ?? new CountByDay()
    this.#days.set(accountId, days)
    return days
  }
}
