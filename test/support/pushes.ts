import { createHash } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import type { PushItem, PushState } from '#shared/contract/receiver.ts'
import type { DatabaseClient } from '#main/processes/database-client.ts'
import { account, noon } from './sync-steps.ts'

/** A push as 敢探号 makes it: one order by its own number, everything as text. */
export function pushed(changes: Record<string, string> = {}): Record<string, string> {
  return {
    outer_id: 'W000001',
    plan_mobile_produced: '17700010002',
    status: '550',
    tracking_number: 'SF1000000000001',
    tracking_company: '顺丰速运',
    ...changes,
  }
}

export function signed(fields: Record<string, string>, apiToken: string): Record<string, string> {
  const text = `outer_id=${fields['outer_id']}&plan_mobile_produced=${fields['plan_mobile_produced']}&status=${fields['status']}`
  return {
    ...fields,
    sign: createHash('md5')
      .update(text + apiToken)
      .digest('hex'),
  }
}

/** Hands a push to the database process as the receiver does; it is durable, and merged unless `settle` is false. */
export async function receivePush(
  database: DatabaseClient,
  fields: Record<string, string> | readonly unknown[],
  { at = noon, settle = true, accountId = account }: { at?: number; settle?: boolean; accountId?: string } = {},
): Promise<void> {
  const isForm = !Array.isArray(fields)
  const text = isForm ? new URLSearchParams(fields as Record<string, string>).toString() : JSON.stringify(fields)
  await database.call('pushes.receive', {
    accountId,
    at,
    method: 'POST',
    contentType: isForm ? 'application/x-www-form-urlencoded' : 'application/json',
    query: '',
    bytes: Buffer.byteLength(text),
    packed: deflateRawSync(text),
  })
  if (settle) await database.call('pushes.settle', {})
}

export function listPushes(database: DatabaseClient, states: PushState[] = []): Promise<PushItem[]> {
  return database.call('pushes.list', { accountId: account, states, before: null, count: 200 })
}
