import type { FollowUpState, ReconcileReport, Run } from '#shared/contract/sync.ts'
import type { OutputOf } from '#shared/rpc/route.ts'
import type { DatabaseRoutes } from '#shared/database/contract.ts'
import { dayMs, hourMs } from '#domain/beijing-time.ts'
import type { OrderType } from '#domain/vocabulary.ts'
import {
  followedSince,
  followUpBudget,
  planFollowUp,
  togetherMs,
  withinBudget,
  type FollowUpPlan,
  type FollowUpRound,
} from '#domain/follow-up.ts'
import { meaningOf, noEvidence } from '#domain/range-meaning.ts'
import { lastDays, type Range } from '#domain/ranges.ts'
import type { UpstreamAccount } from '../../upstream/account.ts'
import type { Database } from '../../upstream/attempt.ts'
import { ofRanges } from '../plan-sync.ts'
import { recover } from '../recover.ts'
import { wentWell } from '../resume.ts'
import { SyncRun, type RunContext } from '../run.ts'
import type { SyncCallOptions, SyncService } from '../sync-service.ts'

/** A reconcile reads the orders of so many days again. */
const reconcileDays = 30
const reconcileEveryMs = 7 * dayMs

export interface FollowUpServiceOptions {
  readonly sync: SyncService
  readonly database: (accountId: string) => Promise<Database>
  readonly credentials: (accountId: string) => Promise<UpstreamAccount>
  /** Whether rounds are made by themselves; kept with the account. */
  readonly switches: { isOn(accountId: string): boolean; set(accountId: string, on: boolean): void }
}

type Facts = OutputOf<DatabaseRoutes['followUp.facts']>

/** Follows orders that are not final, and reconciles: what is planned, and the rounds themselves. */
export class FollowUpService {
  readonly #options: FollowUpServiceOptions

  constructor(options: FollowUpServiceOptions) {
    this.#options = options
  }

  /** What is followed and what the next round costs. Asks the upstream nothing. */
  async state(accountId: string): Promise<FollowUpState> {
    const { sync, switches } = this.#options
    const { types } = await this.#options.credentials(accountId)
    const planned = await Promise.all(types.map((type) => this.#plan(accountId, type)))
    const nextTimes = planned.flatMap(({ plan }) => plan.nextAt ?? [])
    const nextAt = nextTimes.length === 0 ? null : Math.min(...nextTimes)
    const next = planned.filter(({ plan }) => isDue(plan, nextAt))
    return {
      accountId,
      on: switches.isOn(accountId),
      meaning: meaningOf(planned[0]?.facts.evidence ?? noEvidence),
      daily: sum(planned, ({ plan }) => plan.daily),
      weekly: sum(planned, ({ plan }) => plan.weekly),
      nextAt,
      windows: next.flatMap(({ type, plan }) => plan.next.windows.map((range) => ({ type, range }))),
      calls: sum(next, ({ plan }) => plan.next.calls),
      callsOfAll: sum(planned, ({ plan }) => plan.whole.calls),
      callsLeft: await this.#callsLeft(accountId),
      lastRoundAt: latest(planned.map(({ facts }) => facts.lastRoundAt)),
      lastReconcileAt: earliest(planned.map(({ facts }) => facts.lastReconcileAt)),
      nextReconcileAt: earliest(planned.map(({ facts }) => nextReconcile(facts, sync.now(accountId)))),
    }
  }

  setOn(accountId: string, on: boolean): void {
    this.#options.switches.set(accountId, on)
  }

  isOn(accountId: string): boolean {
    return this.#options.switches.isOn(accountId)
  }

  /**
   * One round: repairs first, then what is followed of each type. `all`: due or not. Windows beyond the share of the
   * quota wait for the next round. Runs carry their own errors; throws as a sync does.
   */
  round(accountId: string, which: 'all' | 'due', options: SyncCallOptions = {}): Promise<Run[]> {
    return this.#options.sync.perform(accountId, options, async (context) => {
      const runs = await recover(context)
      for (const type of context.account.types) {
        if (context.signal.aborted) break
        runs.push(...(await this.#followType(context, type, which)))
      }
      return runs
    })
  }

  /**
   * Syncs each type, then reads its last 30 days again: what that finds new or changed, the sync had missed. Orders that
   * two complete reads did not hold are marked as gone upstream.
   */
  async reconcile(accountId: string, options: SyncCallOptions = {}): Promise<{ runs: Run[]; report: ReconcileReport }> {
    const { sync } = this.#options
    const runs = await sync.perform(accountId, options, async (context) => {
      const { types } = context.account
      const made = await sync.syncTypes(context, { accountId, types, channel: 'sync', range: null })
      for (const type of types) {
        if (context.signal.aborted || !wentWell(made)) break
        made.push(await reconcileType(context, type))
      }
      return made
    })
    return { runs, report: await this.report(accountId) }
  }

  /** What the last complete reconcile found. */
  async report(accountId: string): Promise<ReconcileReport> {
    return (await this.#options.database(accountId)).call('reconcile.report', { accountId })
  }

  async #followType(context: RunContext, type: OrderType, which: 'all' | 'due'): Promise<Run[]> {
    const { account, clock } = context
    const facts = await this.#facts(account.id, type)
    const budget = await this.#callsLeft(account.id)
    // Planned anew by the same facts where the first reply shows that the clock was wrong.
    const ranges = (): Range[] => {
      const now = clock.now()
      const plan = planOf(facts, now)
      return withinBudget(roundOf(plan, which, now), budget).windows
    }
    if (ranges().length === 0) return []
    // Halved windows cost more than was planned, and another account of the key may ask too: the share still holds.
    const mayGoOn = async (): Promise<boolean> => (await this.#callsLeft(account.id)) > 0
    return [await new SyncRun({ ...context, mayGoOn }, type, 'sync').perform(() => ofRanges('followUp', ranges()))]
  }

  /** What is left of the key's share today. */
  async #callsLeft(accountId: string): Promise<number> {
    const { sync } = this.#options
    const [quota, usedByFollowUp] = await Promise.all([sync.quota(accountId), sync.followUpCalls(accountId)])
    return followUpBudget({ ...quota, usedByFollowUp })
  }

  async #plan(accountId: string, type: OrderType): Promise<{ type: OrderType; plan: FollowUpPlan; facts: Facts }> {
    const facts = await this.#facts(accountId, type)
    return { type, plan: planOf(facts, this.#options.sync.now(accountId)), facts }
  }

  async #facts(accountId: string, type: OrderType): Promise<Facts> {
    const now = this.#options.sync.now(accountId)
    const database = await this.#options.database(accountId)
    return database.call('followUp.facts', { accountId, type, since: followedSince(now), now })
  }
}

function planOf({ days, reads, evidence }: Facts, now: number): FollowUpPlan {
  return planFollowUp({ days, reads, meaning: meaningOf(evidence), now })
}

function roundOf({ next, nextAt, whole }: FollowUpPlan, which: 'all' | 'due', now: number): FollowUpRound {
  if (which === 'all') return whole
  return isDue({ nextAt }, now) ? next : { windows: [], calls: 0, orders: 0 }
}

function isDue({ nextAt }: Pick<FollowUpPlan, 'nextAt'>, at: number | null): boolean {
  return nextAt !== null && at !== null && nextAt <= at + togetherMs
}

async function reconcileType(context: RunContext, type: OrderType): Promise<Run> {
  const { database, clock } = context
  const plan = () => ofRanges('reconcile', [lastDays(reconcileDays, clock.now())])
  const run = await new SyncRun(context, type, 'sync').perform(plan)
  if (run.outcome === 'understood') await database.call('reconcile.finish', { runId: Number(run.id), at: clock.now() })
  return run
}

/** A week after the last one, or after the first sync. One from ahead of now was dated by a clock set right since. */
function nextReconcile({ lastReconcileAt, firstCompleteAt }: Facts, now: number): number | null {
  const last = lastReconcileAt ?? firstCompleteAt
  if (last === null) return null
  return last > now + hourMs ? now : last + reconcileEveryMs
}

function sum<T>(values: readonly T[], of: (value: T) => number): number {
  return values.reduce((total, value) => total + of(value), 0)
}

function latest(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null)
  return known.length === 0 ? null : Math.max(...known)
}

/** null where one of them never was. */
function earliest(times: readonly (number | null)[]): number | null {
  return times.some((time) => time === null) || times.length === 0 ? null : Math.min(...times.map(Number))
}
