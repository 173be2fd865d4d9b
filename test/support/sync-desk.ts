import { SyncService, type SyncRequest, type SyncServiceOptions } from '#main/sync/sync-service.ts'
import type { UpstreamAccount } from '#main/upstream/account.ts'
import type { OrderRow, StatusChange } from '#shared/contract/orders.ts'
import type { Run } from '#shared/contract/sync.ts'
import { allOrders } from '#shared/contract/order-filter.ts'
import { openTestDatabase, type TestDatabase } from './database.ts'

export interface SyncDesk {
  service: SyncService
  database: TestDatabase
  /** What was logged. */
  log: string[]
  /** A plain incremental sync of the first account's own orders, with what the test changes. */
  sync(request?: Partial<SyncRequest>): Promise<Run[]>
  rows(accountId?: string): Promise<OrderRow[]>
  changes(orderNo: string): Promise<StatusChange[]>
  openRequests(): Promise<number>
  [Symbol.asyncDispose](): Promise<void>
}

/** The real sync over the real database process, as main wires it, for the accounts given. Nothing waits a second. */
export async function openSyncDesk(
  accounts: readonly UpstreamAccount[],
  options: Partial<SyncServiceOptions> & { folder?: string } = {},
): Promise<SyncDesk> {
  const { folder, ...rest } = options
  const database = await openTestDatabase(folder === undefined ? {} : { folder })
  const log: string[] = []
  const note = (message: string, cause?: unknown) => void log.push(`${message} ${String(cause ?? '')}`)
  const first = accounts[0]!.id
  const service = new SyncService({
    database: async () => database,
    credentials: async (accountId) => accounts.find(({ id }) => id === accountId)!,
    fetch,
    clock: { now: () => Date.now() },
    throttleIntervalMs: 0,
    backoffMs: 1,
    log: { info: note, warn: note },
    ...rest,
  })
  return {
    service,
    database,
    log,
    sync: (request) => service.start({ accountId: first, types: ['own'], channel: 'sync', range: null, ...request }),
    async rows(accountId = first) {
      const filter = allOrders(accountId)
      const sort = { column: 'orderNo', descending: false } as const
      return (await database.call('orders.window', { filter, sort, start: 0, count: 500, reveal: true })).rows
    },
    async changes(orderNo) {
      const found = await database.call('orders.byNumber', { accountId: first, orderNo })
      return found.flatMap((order) => order.changes)
    },
    openRequests: async () => (await service.state(first)).openRequests,
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  }
}

/** Pretends that the account's own orders were synced completely, so that the next sync is incremental. */
export async function syncedBefore(database: TestDatabase, accountId: string, at = Date.now()): Promise<void> {
  const run = { accountId, type: 'own', channel: 'sync', purpose: 'sync', range: null, at } as const
  const { runId } = await database.call('runs.begin', run)
  await database.call('runs.end', { runId, at, outcome: 'understood', complete: true, said: null, error: null })
}
