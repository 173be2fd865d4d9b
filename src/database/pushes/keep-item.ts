import { createHash } from 'node:crypto'
import type { PushedItem } from '#domain/push/read-push.ts'
import type { PushState } from '#shared/contract/receiver.ts'
import type { Connection } from '../connection.ts'
import { saidOf } from './pushed-row.ts'
import { placeTx } from './waiting-pushes.ts'

/**
 * Systems repeat a push that was not answered in time. The same words within this span are that repetition; later, an
 * order may truly have come to the same state again. An event that names its own time is the same whenever it comes.
 */
const repetitionMs = 15 * 60_000

/** What an item came in: a push, or the reply of a status callback (channel 2). */
export interface ItemSource {
  account: number
  /** The push's, or the reply's. */
  uid: string
  receivedAt: number
  /** The last pull whose reply had arrived before; of a status callback, that callback itself. */
  afterAttempt: number
  /** The run of the status callback; null: it was pushed. */
  run: number | null
}

export interface KeptItem {
  state: PushState
  /** The same event came before: it stands as it stood. */
  repeated: boolean
  /** An order or its history changed. */
  changed: boolean
}

/** Keeps an item and merges it into its order, if it has one. The same event again is only counted. */
export function keepItemTx(orders: Connection, source: ItemSource, position: number, item: PushedItem): KeptItem {
  const digest = digestOf(item)
  const before = countRepetitionTx(orders, source, digest, item)
  if (before !== null) return { state: before.state, repeated: true, changed: false }
  const id = insertItemTx(orders, source, position, digest, item)
  if (item.kind !== 'order') return { state: item.kind, repeated: false, changed: false }
  const { orderNo: order_no, ownNo: own_no, original } = item.order
  const { receivedAt: received_at, afterAttempt: after_attempt, run } = source
  const said = saidOf(item.order)
  const row = { id, received_at, after_attempt, run, order_no, own_no, said, original }
  return { ...placeTx(orders, source.account, row), repeated: false }
}

function digestOf(item: PushedItem): string {
  const original = item.kind === 'order' ? item.order.original : item.original
  return createHash('sha256').update(`${item.kind}\n${original}`).digest('hex')
}

interface Before {
  id: number
  last_received_at: number
  state: PushState
}

/** The same event where it came before: it is only counted. */
function countRepetitionTx(orders: Connection, source: ItemSource, digest: string, item: PushedItem): Before | null {
  const before = orders.get<Before>(
    'SELECT id, last_received_at, state FROM pushed_items WHERE account = ? AND digest = ? ORDER BY id DESC LIMIT 1',
    [source.account, digest],
  )
  if (before === undefined || isNewEvent(orders, source, item, before)) return null
  orders.run('UPDATE pushed_items SET repeats = repeats + 1, last_received_at = ? WHERE id = ?', [
    source.receivedAt,
    before.id,
  ])
  return before
}

function isNewEvent(orders: Connection, source: ItemSource, item: PushedItem, before: Before): boolean {
  if (item.kind !== 'order' || item.order.upstreamAt !== null) return false
  if (source.receivedAt - before.last_received_at <= repetitionMs) return false
  // A range brings everything every time it is asked: what still waits and was last heard like this is no news.
  return source.run === null || before.state === 'merged' || hasLater(orders, source, item.order.ownNo, before.id)
}

function hasLater(orders: Connection, { account }: ItemSource, ownNo: string | null, id: number): boolean {
  const sql = `SELECT 1 FROM pushed_items WHERE account = ? AND own_no = ? AND id > ? AND state IN ('unmatched', 'several')`
  return orders.get(`${sql} LIMIT 1`, [account, ownNo, id]) !== undefined
}

function insertItemTx(
  orders: Connection,
  { account, uid, receivedAt, afterAttempt, run }: ItemSource,
  position: number,
  digest: string,
  item: PushedItem,
): number {
  const order = item.kind === 'order' ? item.order : null
  return orders.insert(
    `INSERT INTO pushed_items (account, push_uid, position, digest, state, received_at, last_received_at, after_attempt,
       run, order_no, own_no, said, original) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      account,
      uid,
      position,
      digest,
      item.kind === 'order' ? 'unmatched' : item.kind,
      receivedAt,
      receivedAt,
      afterAttempt,
      run,
      order?.orderNo ?? null,
      order?.ownNo ?? null,
      order === null ? '{}' : saidOf(order),
      item.kind === 'order' ? item.order.original : item.original,
    ],
  )
}
