import type { MergeResult } from '#shared/database/contract.ts'
import type { Channel, OrderType } from '#domain/vocabulary.ts'
import type { DatabaseClient } from '#main/processes/database-client.ts'

/** What a sync does with the database, step by step, for tests that stop in between. */
export interface Steps {
  accountId?: string
  type?: OrderType
  channel?: Channel
  range?: { from: string; to: string } | null
  /** Epoch ms of every step. */
  at?: number
  keyFingerprint?: string
  day?: string
  runId?: number
}

export const account = 'account-1'
export const fingerprint = 'f0'.repeat(32)
export const noon = Date.UTC(2026, 10, 24, 4)

export interface Asked {
  runId: number
  requestId: number
  attemptId: number
  at: number
}

/** Run, request and attempt: everything that is committed before a call leaves. */
export async function ask(database: DatabaseClient, steps: Steps = {}): Promise<Asked> {
  const { accountId = account, type = 'own', channel = 'sync', range = null, at = noon } = steps
  const of = { accountId, type, channel, range, at }
  const runId = steps.runId ?? (await database.call('runs.begin', { ...of, purpose: 'sync' })).runId
  const { requestId } = await database.call('requests.open', { ...of, runId })
  return { runId, requestId, at, ...(await attempt(database, requestId, steps)) }
}

export async function attempt(database: DatabaseClient, requestId: number, steps: Steps = {}) {
  const { attemptId } = await database.call('attempts.begin', {
    requestId,
    keyFingerprint: steps.keyFingerprint ?? fingerprint,
    day: steps.day ?? '2026-11-24',
    limit: 10_000,
    at: steps.at ?? noon,
  })
  return { attemptId }
}

/** The reply, durable and not merged. */
export async function receive(
  database: DatabaseClient,
  asked: Pick<Asked, 'attemptId' | 'at'>,
  reply: unknown,
  httpStatus = 200,
): Promise<number> {
  const { attemptId, at } = asked
  const { replyId } = await database.call('replies.begin', {
    attemptId,
    at,
    httpStatus,
    contentType: 'application/json',
  })
  const bytes = new TextEncoder().encode(typeof reply === 'string' ? reply : JSON.stringify(reply))
  const pieceBytes = 60_000
  for (let start = 0; start < bytes.length; start += pieceBytes)
    await database.call('replies.append', { replyId, chunk: bytes.subarray(start, start + pieceBytes) })
  await database.call('replies.finish', { replyId, at })
  return replyId
}

/** A whole pull: asked, received, merged. */
export async function pull(
  database: DatabaseClient,
  elements: readonly unknown[],
  steps: Steps = {},
): Promise<MergeResult> {
  const asked = await ask(database, steps)
  const replyId = await receive(database, asked, replyOf(elements))
  return database.call('replies.merge', { replyId, at: asked.at })
}

export function replyOf(elements: readonly unknown[]): unknown {
  return { code: 200, msg: 'ok', data: elements, debug: [], exec_time: 0.1, user_ip: '127.0.0.1' }
}

/** An order as 敢探号 sends it. */
export interface Element {
  order_sn: string
  [name: string]: string | number | null
}

export function element(changes: Partial<Element> = {}): Element {
  return {
    order_sn: '20261124000001',
    out_trade_no: 'W000001',
    create_time: '2026-11-20 10:00:00',
    goods_name: '电信星卡29元',
    id_name: '张小三',
    mobile: '13800138000',
    id_num: '110101199003071234',
    province: '广东省',
    city: '深圳市',
    address: '科技园南路1号',
    plan_mobile_produced: '17700010002',
    status: 200,
    status_name: '待审核',
    tracking_company: '',
    tracking_number: '',
    ...changes,
  }
}

/** So many orders with numbers, names and days of their own. */
export function elements(count: number, changes: Partial<Element> = {}): Element[] {
  return Array.from({ length: count }, (_, index) => {
    const serial = String(index + 1).padStart(6, '0')
    const day = String((index % 28) + 1).padStart(2, '0')
    return element({
      order_sn: `20261124${serial}`,
      out_trade_no: `W${serial}`,
      id_name: `客户${serial}`,
      mobile: `139${String(index).padStart(8, '0')}`,
      create_time: `2026-10-${day} 08:00:00`,
      ...changes,
    })
  })
}
