import { randomUUID } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { AppError } from '#shared/errors.ts'
import type { InputOf } from '#shared/rpc/route.ts'
import type { DatabaseRoutes } from '#shared/database/contract.ts'
import { missing, type Session } from '../session.ts'

/** Largest reply kept, counted as it came off the wire after its own decompression. */
export const replyLimitBytes = 512 * 1_048_576
/** Pieces are compressed and stored in portions of this size: small ones compress badly and cost a commit each. */
export const portionBytes = 1_048_576

interface Receiving {
  pieces: Uint8Array[]
  pendingBytes: number
  bytes: number
  position: number
}

interface AttemptFacts {
  request: number
  run: number
  account: number
  account_id: string
  type: number
  channel: string
  range_from: string | null
  range_to: string | null
  sent_at: number
}

/**
 * Takes replies in as they arrive: compressed piece by piece straight into the encrypted file. What has not filled a
 * portion yet is in memory only, and counts as received once `finish` returns. The pieces of one reply come one after
 * another: the caller waits for each.
 */
export class ReplyReceiver {
  readonly #session: Session
  readonly #limitBytes: number
  readonly #receiving = new Map<number, Receiving>()

  constructor(session: Session, limitBytes: number = replyLimitBytes) {
    this.#session = session
    this.#limitBytes = limitBytes
  }

  async begin(input: InputOf<DatabaseRoutes['replies.begin']>): Promise<number> {
    const { orders, replies } = this.#session
    const facts = await orders.write(() => {
      orders.run('UPDATE attempts SET reply_began_at = ? WHERE id = ?', [input.at, input.attemptId])
      return orders.get<AttemptFacts>(
        `SELECT q.id AS request, q.run, q.account, c.account_id, q.type, q.channel, q.range_from, q.range_to, a.sent_at
         FROM attempts a JOIN requests q ON q.id = a.request JOIN accounts c ON c.id = q.account WHERE a.id = ?`,
        [input.attemptId],
      )
    })
    const of = facts ?? missing('attempt')
    const id = await replies.write(() =>
      replies.insert(
        `INSERT INTO replies (uid, attempt, request, run, account, account_id, type, channel, range_from, range_to,
           sent_at, began_at, http_status, content_type) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        [
          randomUUID(),
          input.attemptId,
          of.request,
          of.run,
          of.account,
          of.account_id,
          of.type,
          of.channel,
          of.range_from,
          of.range_to,
          of.sent_at,
          input.at,
          input.httpStatus,
          input.contentType,
        ],
      ),
    )
    this.#receiving.set(id, { pieces: [], pendingBytes: 0, bytes: 0, position: 0 })
    return id
  }

  /** Throws tooLarge beyond the bound; the caller then abandons the reply. */
  async append(replyId: number, piece: Uint8Array): Promise<void> {
    const reply = this.#find(replyId)
    if (reply.bytes + piece.byteLength > this.#limitBytes)
      throw new AppError('tooLarge', 'the reply is too large', { data: { limitBytes: this.#limitBytes } })
    reply.pieces.push(piece)
    reply.pendingBytes += piece.byteLength
    reply.bytes += piece.byteLength
    if (reply.pendingBytes < portionBytes) return
    await this.#session.replies.write(() => this.#storeTx(replyId, reply))
    startNextPortion(reply)
  }

  /** Every byte is durable once this resolves. */
  async finish(replyId: number, at: number): Promise<number> {
    const reply = this.#find(replyId)
    await this.#end(replyId, reply, at, 'complete', null)
    const { orders } = this.#session
    await orders.write(() => orders.run(endAttempt, [at, null, this.#attemptOf(replyId)]))
    return reply.bytes
  }

  /** Keeps what came, marked incomplete. */
  async abandon({ replyId, at, error }: InputOf<DatabaseRoutes['replies.abandon']>): Promise<void> {
    await this.#end(replyId, this.#find(replyId), at, 'cutOff', error)
    const { orders } = this.#session
    await orders.write(() => orders.run(endAttempt, [at, error, this.#attemptOf(replyId)]))
  }

  async #end(id: number, reply: Receiving, at: number, state: 'complete' | 'cutOff', error: string | null) {
    const { replies } = this.#session
    await replies.write(() => {
      this.#storeTx(id, reply)
      replies.run('UPDATE replies SET state = ?, ended_at = ?, error = ?, bytes = ? WHERE id = ?', [
        state,
        at,
        error,
        reply.bytes,
        id,
      ])
    })
    this.#receiving.delete(id)
  }

  #storeTx(id: number, reply: Receiving): void {
    if (reply.pendingBytes === 0) return
    const data = deflateRawSync(Buffer.concat(reply.pieces), { level: 3, chunkSize: portionBytes })
    this.#session.replies.insert('INSERT INTO reply_chunks VALUES (?, ?, ?)', [id, reply.position, data])
  }

  #attemptOf(replyId: number): number {
    const row = this.#session.replies.get<{ attempt: number }>('SELECT attempt FROM replies WHERE id = ?', [replyId])
    return row?.attempt ?? missing('reply')
  }

  #find(replyId: number): Receiving {
    return this.#receiving.get(replyId) ?? missing('reply being received')
  }
}

/** Only after the commit: what a full disk refused stays pending, so that a later try still has it. */
function startNextPortion(reply: Receiving): void {
  reply.pieces = []
  reply.pendingBytes = 0
  reply.position += 1
}

const endAttempt = 'UPDATE attempts SET ended_at = ?, error = ? WHERE id = ?'
