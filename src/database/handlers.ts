import { AppError } from '#shared/errors.ts'
import type { DatabaseRoutes } from '#shared/database/contract.ts'
import type { Handlers } from '#shared/rpc/route.ts'
import { annotationHandlers } from './annotations/annotation-handlers.ts'
import { beginAttempt, failAttempt, lastAttempt, markQuotaSpent, readAdoptable, readQuota } from './attempts.ts'
import { changesHandlers } from './changes/changes-handlers.ts'
import { toDatabaseError } from './database-error.ts'
import { writeExport } from './export/write-export.ts'
import { readFacts, readSummary } from './facts.ts'
import { followUpCalls, readFollowUpFacts } from './follow-up-facts.ts'
import { forgetAccount } from './forget.ts'
import { mappingHandlers } from './mapping/mapping-handlers.ts'
import { mergeReply } from './merge/merge-reply.ts'
import type { Log } from './connection.ts'
import type { OpenedDatabase } from './opened-database.ts'
import { readCounts } from './orders/counts.ts'
import { readByNumber, readDetail } from './orders/detail.ts'
import { readWindow } from './orders/window.ts'
import { pushHandlers } from './pushes/push-handlers.ts'
import { purgeReplies } from './replies/purge.ts'
import { listUnmerged } from './replies/unmerged.ts'
import { closeRequest, listOpenRequests, openRequest } from './requests.ts'
import { finishReconcile, readReport } from './reconcile.ts'
import { beginRun, endRun, listRuns } from './runs.ts'
import { dropUnread, wantRange } from './unread-ranges.ts'
import { upkeepHandlers } from './upkeep-handlers.ts'
import type { VaultPlace } from './vault.ts'
import { viewsHandlers } from './views/views-handlers.ts'

/** The one vault of this process. */
export interface DatabaseHolder {
  open(place: VaultPlace): Promise<OpenedDatabase>
  /** Throws where the vault is not open. */
  current(): OpenedDatabase
  close(): Promise<void>
}

export function createHandlers(holder: DatabaseHolder, log: Log): Handlers<DatabaseRoutes> {
  const session = () => holder.current().session
  return withDatabaseErrors({
    'vault.open': async (place) => {
      const { fingerprintSecret, unclean, lostTail, orders } = (await holder.open(place)).session
      return { fingerprintSecret, unclean, lostTail, ...readAdoptable(orders) }
    },
    'vault.fingerprintSecret': () => ({ fingerprintSecret: session().fingerprintSecret }),
    'vault.close': async () => {
      await holder.close()
      return {}
    },
    'runs.begin': async (input) => ({ runId: await beginRun(session(), input) }),
    'runs.end': (input) => endRun(session(), input),
    'runs.list': (input) => listRuns(session(), input),
    'requests.open': async (input) => ({ requestId: await openRequest(session(), input) }),
    'requests.close': (input) => nothing(closeRequest(session(), input)),
    'requests.listOpen': ({ accountId }) => listOpenRequests(session(), accountId),
    'attempts.begin': (input) => beginAttempt(session(), input),
    'attempts.fail': (input) => nothing(failAttempt(session(), input)),
    'attempts.last': ({ keyFingerprint }) => lastAttempt(session(), keyFingerprint),
    'quota.get': (input) => readQuota(session().orders, input),
    'quota.followUp': (input) => ({ used: followUpCalls(session(), input) }),
    'quota.markSpent': (input) => nothing(markQuotaSpent(session(), input)),
    'replies.begin': async (input) => ({ replyId: await holder.current().receiver.begin(input) }),
    'replies.append': ({ replyId, chunk }) => nothing(holder.current().receiver.append(replyId, chunk)),
    'replies.finish': async ({ replyId, at }) => ({ bytes: await holder.current().receiver.finish(replyId, at) }),
    'replies.abandon': (input) => nothing(holder.current().receiver.abandon(input)),
    'replies.merge': ({ replyId, at }, { progress }) => mergeReply(session(), replyId, at, progress),
    'replies.listUnmerged': () => listUnmerged(session()),
    'replies.purge': async ({ before }) => ({ purged: await purgeReplies(session(), before) }),
    'sync.facts': (input) => readFacts(session(), input),
    'sync.summary': ({ accountId }) => readSummary(session(), accountId),
    'ranges.want': (input) => nothing(wantRange(session(), input)),
    'ranges.drop': ({ accountId }) => nothing(dropUnread(session(), accountId)),
    'followUp.facts': (input) => readFollowUpFacts(session(), input),
    'reconcile.finish': async (input) => ({ gone: await finishReconcile(session(), input) }),
    'reconcile.report': ({ accountId }) => readReport(session(), accountId),
    'orders.window': (input, { signal }) => readWindow(session(), holder.current().lists, input, signal),
    'orders.counts': (filter, { signal }) => readCounts(holder.current().lists, filter, signal),
    'orders.detail': (input) => readDetail(session(), input),
    'orders.searchIndex': () => ({ waiting: holder.current().searchIndex.waiting }),
    'orders.byNumber': ({ accountId, orderNo }) => readByNumber(session(), accountId, orderNo),
    'exports.write': (input, context) => writeExport(session(), holder.current().lists, input, context),
    'accounts.forget': async ({ accountId }) => {
      const orders = await forgetAccount(session(), accountId)
      holder.current().searchIndex.wake()
      return { orders }
    },
    ...annotationHandlers(() => holder.current()),
    ...changesHandlers(session),
    'statistics.read': (query) => holder.current().statistics.read(query),
    ...viewsHandlers(() => holder.current()),
    ...mappingHandlers(() => holder.current()),
    ...pushHandlers(() => holder.current()),
    ...upkeepHandlers(session, log),
  })
}

async function nothing(work: Promise<void>): Promise<Record<string, never>> {
  await work
  return {}
}

/** Every handler's errors in the app's words, whichever statement or file they come from. */
function withDatabaseErrors(handlers: Handlers<DatabaseRoutes>): Handlers<DatabaseRoutes> {
  const wrapped = Object.entries(handlers).map(([name, handler]) => {
    const call = handler as (...args: unknown[]) => unknown
    const guarded = async (...args: unknown[]): Promise<unknown> => {
      try {
        return await call(...args)
      } catch (thrown) {
        throw openedWithKey(name, toDatabaseError(thrown))
      }
    }
    return [name, guarded]
  })
  return Object.fromEntries(wrapped) as Handlers<DatabaseRoutes>
}

/** Once the vault is open its key is right: a page that does not open then is damaged. */
function openedWithKey(route: string, error: unknown): unknown {
  const damaged = error instanceof AppError && error.code === 'databaseKeyWrong' && !needNoOpenVault.has(route)
  return damaged ? new AppError('databaseCorrupt', error.message, { cause: error }) : error
}

const needNoOpenVault: ReadonlySet<string> = new Set([
  'vault.open',
  'upkeep.diagnose',
  'upkeep.structure',
  'restore.run',
])

/** A call that needs the vault came before vault.open or after vault.close. */
export function vaultNotOpen(): never {
  throw new AppError('internal', 'the vault is not open')
}
