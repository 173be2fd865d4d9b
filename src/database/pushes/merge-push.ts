import { createHash } from 'node:crypto'
import { readPush, type PushedItem } from '#domain/push/read-push.ts'
import { codeProfiles } from '#domain/vocabulary.ts'
import type { Connection } from '../connection.ts'
import { ensureAccountTx, findAccount } from '../session.ts'
import type { PushBody } from './push-bodies.ts'
import { saidOf } from './pushed-row.ts'
import { placeTx } from './waiting-pushes.ts'

/**
 * Systems repeat a push that was not answered in time. The same words within this span are that repetition; later, an
 * order may truly have come to the same state again. An event that names its own time is the same whenever it comes.
 */
const repetitionMs = 15 * 60_000

export interface PushMerged {
  /** Orders or their history changed. */
  changed: boolean
  /** Something in it has no order yet or could not be read. */
  keep: boolean
}

/** What a stored push says; no transaction is needed. */
export function readStoredPush(orders: Connection, push: PushBody): PushedItem[] {
  const account = findAccount(orders, push.accountId)
  const row = orders.get<{ profile: string | null }>('SELECT profile FROM accounts WHERE id = ?', [account])
  return readPush(
    push,
    codeProfiles.find((known) => known === row?.profile),
  )
}

/** Merges what a push says. Merging it again changes nothing. */
export function mergePushTx(orders: Connection, push: PushBody, items: readonly PushedItem[]): PushMerged {
  const account = ensureAccountTx(orders, push.accountId)
  const result: PushMerged = { changed: false, keep: false }
  if (orders.get('SELECT 1 FROM pushed_items WHERE push_uid = ? LIMIT 1', [push.uid]) !== undefined) return result
  for (const [position, item] of items.entries()) {
    const digest = digestOf(item)
    if (countRepetitionTx(orders, account, push, digest, item)) continue
    const id = insertItemTx(orders, account, push, position, digest, item)
    if (item.kind === 'unreadable') result.keep = true
    if (item.kind !== 'order') continue
    const { orderNo: order_no, ownNo: own_no, original } = item.order
    const row = { id, received_at: push.receivedAt, after_attempt: push.afterAttempt, order_no, own_no, original }
    const placed = placeTx(orders, account, { ...row, said: saidOf(item.order) })
    result.changed ||= placed.changed
    result.keep ||= placed.state !== 'merged'
  }
  return result
}

function digestOf(item: PushedItem): string {
  const original = item.kind === 'order' ? item.order.original : item.original
  return createHash('sha256').update(`${item.kind}\n${original}`).digest('hex')
}

/** True: the same event came before, and is only counted. */
function countRepetitionTx(
  orders: Connection,
  account: number,
  push: PushBody,
  digest: string,
  item: PushedItem,
): boolean {
  const before = orders.get<{ id: number; last_received_at: number }>(
    'SELECT id, last_received_at FROM pushed_items WHERE account = ? AND digest = ? ORDER BY id DESC LIMIT 1',
    [account, digest],
  )
  if (before === undefined) return false
  const timeless = item.kind === 'order' && item.order.upstreamAt === null
  if (timeless && push.receivedAt - before.last_received_at > repetitionMs) return false
  orders.run('UPDATE pushed_items SET repeats = repeats + 1, last_received_at = ? WHERE id = ?', [
    push.receivedAt,
    before.id,
  ])
  return true
}

function insertItemTx(
  orders: Connection,
  account: number,
  push: PushBody,
  position: number,
  digest: string,
  item: PushedItem,
): number {
  const order = item.kind === 'order' ? item.order : null
  return orders.insert(
    `INSERT INTO pushed_items (account, push_uid, position, digest, state, received_at, last_received_at, after_attempt,
       order_no, own_no, said, original) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      account,
      push.uid,
      position,
      digest,
      item.kind === 'order' ? 'unmatched' : item.kind,
      push.receivedAt,
      push.receivedAt,
      push.afterAttempt,
      order?.orderNo ?? null,
      order?.ownNo ?? null,
      order === null ? '{}' : saidOf(order),
      item.kind === 'order' ? item.order.original : item.original,
    ],
  )
}
