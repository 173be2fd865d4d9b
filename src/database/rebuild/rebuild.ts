import type { RerunProgress, RerunResult } from '#shared/contract/mapping.ts'
import { AppError } from '#shared/errors.ts'
import { readingOf, type MappingRules, type Reading } from '#domain/mapper/rules.ts'
import type { CodeProfile, OrderType } from '#domain/vocabulary.ts'
import type { CallContext } from '#shared/rpc/route.ts'
import type { Connection } from '../connection.ts'
import { markAppliedTx, readApplied, readRules } from '../mapping/rules-table.ts'
import { profileOf } from '../mapping/view.ts'
import { findAccount, typeNumber, type Session } from '../session.ts'
import { createSlicer, untilNextTurn } from '../steps.ts'
import { copyLedger } from './copy-ledger.ts'
import { takeLatePushes } from './late-pushes.ts'
import { matchAgain } from './match-again.ts'
import { replayReply, type Replayed } from './replay.ts'
import { insertRowTx, rowsOf, type Row } from './rows.ts'
import {
  seedOrdersTx,
  unexplained,
  type ChangeRow,
  type Joined,
  type SeedContext,
  type Unexplained,
} from './seed-orders.ts'
import { openShadow, settleLog, type ShadowFile } from './shadow-file.ts'
import { Sources } from './sources.ts'
import { swapTx, type SwapCounts } from './swap.ts'
import { seedUnreadableTx } from './unreadable.ts'

type Context = CallContext<RerunProgress>

/** Orders looked at, and seeds written, in one step. */
const stepOrders = 500
const batchOrders = 1_000
const evidenceElements = 300

/**
 * Rebuilds the orders of an account and type by its saved rules: from raw replies where they are still there, in the
 * order in which they were pulled, and from stored originals elsewhere. Everything happens in a file beside the orders;
 * then, with no merge in between, one transaction takes over what differs, in pieces between which queries see the old.
 * An early end of any kind leaves the old.
 */
export class Rebuilder {
  readonly #session: Session
  #running = false

  constructor(session: Session) {
    this.#session = session
  }

  /** Throws rerunRunning, cancelled, diskFull. */
  async run(input: { accountId: string; type: OrderType }, context: Context): Promise<RerunResult> {
    if (this.#running) throw new AppError('rerunRunning')
    this.#running = true
    try {
      const account = findAccount(this.#session.orders, input.accountId)
      if (account === null) return nothing
      const shadow = await openShadow(this.#session)
      try {
        const rebuild = new Rebuild(this.#session, shadow, { ...input, account, type: typeNumber(input.type) }, context)
        return await rebuild.run()
      } finally {
        shadow.discard()
      }
    } finally {
      this.#running = false
    }
  }
}

const nothing: RerunResult = {
  replies: 0,
  originals: 0,
  orders: 0,
  added: 0,
  changed: 0,
  removed: 0,
  unreadable: 0,
}

interface Of {
  accountId: string
  account: number
  type: number
}

class Rebuild {
  readonly #session: Session
  readonly #live: Connection
  readonly #shadow: ShadowFile
  readonly #of: Of
  readonly #context: Context
  readonly #rules: MappingRules
  readonly #reading: Reading
  readonly #profile: CodeProfile | undefined
  readonly #sources: Sources
  readonly #joined: Joined = new Map()
  readonly #replayed: Replayed[] = []
  #originals = 0

  constructor(session: Session, shadow: ShadowFile, of: Of, context: Context) {
    this.#session = session
    this.#live = session.orders
    this.#shadow = shadow
    this.#of = of
    this.#context = context
    this.#rules = readRules(session.orders, of.account, of.type)
    this.#reading = readingOf(this.#rules)
    this.#profile = profileOf(session.orders, of.account)
    this.#sources = new Sources(session, of.account, of.type)
  }

  async run(): Promise<RerunResult> {
    const { connection } = this.#shadow
    const replies = this.#sources.take()
    // What is merged here is read by the rules as they are now, whatever is saved meanwhile.
    await connection.write(() => markAppliedTx(connection, this.#of.account, this.#of.type, this.#rules, 0))
    await copyLedger(this.#live, connection, replies)
    const context = this.#seedContext()
    await this.#seed(context)
    for (const [index, reply] of replies.entries()) {
      this.#context.progress({ phase: 'reading', done: index, total: replies.length })
      await this.#replay(reply)
    }
    const { left: _left, ...counts } = await this.#live.betweenWrites(async () => {
      // What was merged since: the last of it while no other write can come between.
      for (const reply of this.#sources.take()) await this.#replay(reply)
      await takeLatePushes(context, this.#of, this.#joined)
      const swapped = await this.#swap()
      await settleLog(this.#session)
      return swapped
    })
    if (await matchAgain(this.#session, this.#of.account)) this.#tell()
    await this.#keepReplies()
    const unreadable = this.#count('unreadable_items')
    return {
      replies: this.#replayed.length,
      originals: this.#originals,
      orders: this.#count('orders'),
      ...counts,
      unreadable,
    }
  }

  #tell(): void {
    this.#session.revision += 1
    this.#session.ordersChanged(this.#of.accountId)
  }

  async #replay(reply: Parameters<typeof replayReply>[2]): Promise<void> {
    this.#context.signal.throwIfAborted()
    const shadow = this.#shadow.connection
    const facts = { reading: this.#reading, profile: this.#profile }
    this.#replayed.push(await replayReply(this.#session, shadow, reply, facts, this.#context.signal))
  }

  /** Everything that replies which are still there do not explain. */
  async #seed(context: SeedContext): Promise<void> {
    const { account, type } = this.#of
    const total = this.#live.get<{ count: number }>(
      'SELECT count(*) AS count FROM orders WHERE account = ? AND type = ?',
      [account, type],
    )
    let waiting: number[] = []
    let done = 0
    for await (const found of this.#unexplainedOrders()) {
      done += stepOrders
      this.#context.signal.throwIfAborted()
      this.#context.progress({ phase: 'originals', done: Math.min(done, total?.count ?? 0), total: total?.count ?? 0 })
      waiting.push(...found)
      if (waiting.length < batchOrders) continue
      await this.#seedBatch(context, waiting)
      waiting = []
    }
    await this.#seedBatch(context, waiting)
    await this.#shadow.connection.write(() => seedUnreadableTx(context, this.#of))
  }

  async #seedBatch(context: SeedContext, ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return
    this.#originals += ids.length
    await context.shadow.write(() => {
      // All that is known of an order is read in one turn: what comes later is known to be missing.
      const batch = this.#unexplainedOf(rowsOf<Row>(this.#live, 'orders', 'id', ids))
      const pushed = batch.filter(({ row }) => row.pushed === 1).map(({ row }) => row.id)
      seedOrdersTx(context, batch, this.#joined)
      for (const item of rowsOf<Row>(this.#live, 'pushed_items', 'order_id', pushed)) {
        const orderId = Number(item['order_id'])
        insertRowTx(context.shadow, 'pushed_items', { ...item, order_id: this.#joined.get(orderId) ?? orderId })
      }
    })
  }

  #seedContext(): SeedContext {
    const { account, type } = this.#of
    const evidence = this.#live.column<string>(
      `SELECT r.json FROM orders o JOIN order_originals r ON r.order_id = o.id
       WHERE o.account = ? AND o.type = ? AND o.partial = 0 ORDER BY o.changed_at DESC LIMIT ${evidenceElements}`,
      [account, type],
    )
    return {
      live: this.#live,
      shadow: this.#shadow.connection,
      sources: this.#sources,
      before: readingOf(readApplied(this.#live, account, type)),
      after: this.#reading,
      profile: this.#profile,
      evidence,
    }
  }

  async *#unexplainedOrders(): AsyncGenerator<number[]> {
    const { account, type } = this.#of
    for (let after = 0; ;) {
      // By id, and by nothing else: an index of account and type would sort all of theirs for each step.
      const rows = this.#live.all<Row>(
        `SELECT * FROM orders WHERE id > ? AND +account = ? AND +type = ? ORDER BY id LIMIT ${stepOrders}`,
        [after, account, type],
      )
      if (rows.length === 0) return
      after = Number(rows.at(-1)?.['id'])
      yield this.#unexplainedOf(rows).map(({ row }) => row.id)
      await untilNextTurn()
    }
  }

  #unexplainedOf(rows: readonly Row[]): Unexplained[] {
    const ids = rows.map((row) => Number(row['id']))
    const changes = Map.groupBy(
      rowsOf<ChangeRow>(this.#live, 'status_changes', 'order_id', ids),
      ({ order_id }) => order_id,
    )
    const found = rows.flatMap((row) => {
      const order = unexplained(this.#sources, row, changes.get(Number(row['id'])) ?? [])
      return order === null ? [] : [order]
    })
    const foundIds = found.map(({ row }) => row.id)
    const originals = new Map(
      rowsOf<{ order_id: number; json: string }>(this.#live, 'order_originals', 'order_id', foundIds).map((one) => [
        one.order_id,
        one.json,
      ]),
    )
    return found.map(({ row, changes: told }) => ({ row, changes: told, original: originals.get(row.id) ?? '' }))
  }

  #swap(): Promise<SwapCounts> {
    const { account, type, accountId } = this.#of
    const isExplained = (ids: readonly number[]): number[] => {
      const left = new Set(this.#unexplainedOf(rowsOf<Row>(this.#live, 'orders', 'id', ids)).map(({ row }) => row.id))
      return ids.filter((id) => !left.has(id))
    }
    const swap = {
      account,
      type,
      joined: this.#joined,
      isExplained,
      turn: this.#turn(),
      progress: this.#swapProgress(),
    }
    const taken = this.#shadow.swapped(async (live) => {
      if (findAccount(live, accountId) !== account) throw new AppError('accountNotFound')
      const counts = await swapTx(live, swap)
      for (const one of this.#replayed) one.noteTx(live)
      if (counts.left === 0) markAppliedTx(live, account, type, this.#rules, this.#session.clock.now())
      return counts
    })
    return taken.then((counts) => {
      this.#tell()
      return counts
    })
  }

  #turn(): () => Promise<void> | undefined {
    const slice = createSlicer()
    return () => {
      this.#context.signal.throwIfAborted()
      if (!this.#live.isOpen) throw new AppError('cancelled', 'the database was closed')
      return slice()
    }
  }

  #swapProgress(): (orders: number) => void {
    const { account, type } = this.#of
    const sql = 'SELECT count(*) AS count FROM orders WHERE account = ? AND type = ?'
    const total = this.#shadow.connection.get<{ count: number }>(sql, [account, type])?.count ?? 0
    let done = 0
    const tell = (): void => this.#context.progress({ phase: 'swapping', done: Math.min(done, total), total })
    tell()
    return (orders) => {
      done += orders
      tell()
    }
  }

  /** A reply of which everything can be read now need not be kept for ever any more; and the other way round. */
  async #keepReplies(): Promise<void> {
    const { replies } = this.#session
    await replies.write(() => {
      for (const { replyId, keep } of this.#replayed)
        replies.run('UPDATE replies SET keep = ? WHERE id = ? AND keep <> ?', [keep, replyId, keep])
    })
  }

  #count(table: 'orders' | 'unreadable_items'): number {
    const { account, type } = this.#of
    const sql = `SELECT count(*) AS count FROM ${table} WHERE account = ? AND type = ?`
    return this.#live.get<{ count: number }>(sql, [account, type])?.count ?? 0
  }
}
