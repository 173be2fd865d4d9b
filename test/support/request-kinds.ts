import { dayMs, toBeijing } from '#domain/beijing-time.ts'
import { orderTypes } from '#domain/vocabulary.ts'
import type { FollowUpService } from '#main/sync/follow-up/follow-up-service.ts'
import type { FaultInput, PracticeGateway } from '#practice/gateway.ts'
import type { Range } from '#shared/contract/common.ts'
import type { SyncProgress } from '#shared/contract/sync.ts'
import type { Desk } from '../../scripts/crash/desk.ts'
import type { SyncDesk } from './sync-desk.ts'

export interface Asking {
  desk: SyncDesk
  followUp: FollowUpService
  accountId: string
  progress: (now: SyncProgress) => void
}

/** One kind of request, as main makes it, in this process and in an app of its own. */
export interface RequestKind {
  name: string
  ask(asking: Asking): Promise<unknown>
  askOf(desk: Desk, gateway: PracticeGateway): Promise<unknown>
  /** Calls of this kind, for faults. */
  faced?: Partial<FaultInput>
  /** Calls of this kind that come before the one to fail. */
  skip?: number
  /** There is something of this kind to ask only after a reply went missing. */
  needsOpen?: true
  /** A repair is no reason for a start to fail: what it throws is logged. */
  swallows?: true
  /** A status callback carries a part of an order. */
  namesAxesOnly?: true
}

export const types = [...orderTypes]
/** How long ago the first order of `practiceHistory` was created. */
export const practiceDays = 100
export const everything: Range = { from: '2020-01-01 00:00:00', to: '2099-01-01 00:00:00' }

function lastDays(days: number, now: number): Range {
  return { from: toBeijing(now - days * dayMs), to: toBeijing(now + dayMs) }
}

function synced(name: string, asked: { types: typeof types; range: Range | null; channel: 'sync' | 'callback' }) {
  return {
    name,
    ask: ({ desk, accountId, progress }: Asking) => desk.service.start({ accountId, ...asked }, { progress }),
    askOf: (desk: Desk) => desk.call('sync', asked),
  }
}

/** A range sets the mark "delivered" too, so that no kind of request may be lost. */
export const requestKinds: readonly RequestKind[] = [
  {
    ...synced('an incremental call for own orders', { types: ['own'], range: null, channel: 'sync' }),
    faced: { only: 'incremental', type: 'own' },
  },
  {
    ...synced('an incremental call for distributors’ orders', { types: ['distributor'], range: null, channel: 'sync' }),
    faced: { only: 'incremental', type: 'distributor' },
  },
  {
    ...synced('a chosen range', { types, range: lastDays(30, Date.now()), channel: 'sync' }),
    faced: { only: 'ranged' },
  },
  {
    ...synced('a later window of a backfill', { types, range: lastDays(practiceDays, Date.now()), channel: 'sync' }),
    faced: { only: 'ranged', overHours: 32 * 24 },
    skip: 1,
  },
  {
    name: 'a repair',
    ask: ({ desk, accountId }) => desk.service.repairAll([accountId]),
    askOf: (desk) => desk.call('repair', {}),
    faced: { only: 'ranged' },
    needsOpen: true,
    swallows: true,
  },
  {
    name: 'a follow-up',
    ask: ({ followUp, accountId, progress }) => followUp.round(accountId, 'all', { progress }),
    askOf: (desk) => desk.call('followUp', {}),
    faced: { only: 'ranged' },
  },
  {
    name: 'a reconcile',
    ask: ({ followUp, accountId, progress }) => followUp.reconcile(accountId, { progress }),
    askOf: (desk) => desk.call('reconcile', {}),
    faced: { only: 'ranged' },
  },
  {
    ...synced('a call of channel 2', { types, range: null, channel: 'callback' }),
    faced: { only: 'incremental' },
    namesAxesOnly: true,
  },
]
