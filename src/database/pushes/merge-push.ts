import { readPushSteps, type PushedItem } from '#domain/push/read-push.ts'
import { codeProfiles } from '#domain/vocabulary.ts'
import type { PushState } from '#shared/contract/receiver.ts'
import type { Connection } from '../connection.ts'
import { ensureAccountTx, findAccount } from '../session.ts'
import { createSlicer } from '../steps.ts'
import { keepItemTx } from './keep-item.ts'
import type { PushBody } from './push-bodies.ts'

export interface PushMerged {
  /** Orders or their history changed. */
  changed: boolean
  /** Something in it has no order yet or could not be read. */
  keep: boolean
}

/** What a stored push says; no transaction is needed. Others have their turn meanwhile. */
export async function readStoredPush(orders: Connection, push: PushBody): Promise<PushedItem[]> {
  const account = findAccount(orders, push.accountId)
  const row = orders.get<{ profile: string | null }>('SELECT profile FROM accounts WHERE id = ?', [account])
  const profile = codeProfiles.find((known) => known === row?.profile)
  const yieldNow = createSlicer()
  const steps = readPushSteps(push, profile)
  let step = steps.next()
  for (; step.done !== true; step = steps.next()) await yieldNow()
  return step.value
}

const toKeep: ReadonlySet<PushState> = new Set(['unmatched', 'several', 'unreadable'])

/** Merges what a push says. Merging it again changes nothing. Others have their turn meanwhile. */
export async function mergePushTx(
  orders: Connection,
  push: PushBody,
  items: readonly PushedItem[],
): Promise<PushMerged> {
  const account = ensureAccountTx(orders, push.accountId)
  const result: PushMerged = { changed: false, keep: false }
  if (orders.get('SELECT 1 FROM pushed_items WHERE push_uid = ? LIMIT 1', [push.uid]) !== undefined) return result
  const { uid, receivedAt, afterAttempt } = push
  const yieldNow = createSlicer()
  for (const [position, item] of items.entries()) {
    const source = { account, uid, receivedAt, afterAttempt, run: null }
    const { state, repeated, changed } = keepItemTx(orders, source, position, item)
    result.changed ||= changed
    result.keep ||= !repeated && toKeep.has(state)
    await yieldNow()
  }
  return result
}
