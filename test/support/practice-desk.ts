import { startPracticeGateway, type PracticeGateway } from '#practice/gateway.ts'
import type { UpstreamAccount } from '#main/upstream/account.ts'
import { orderTypes } from '#domain/vocabulary.ts'
import type { SyncDesk } from './sync-desk.ts'
import { anAccount } from './upstream-account.ts'

/** A small practice world whose time moves only by `advance`; no limits, and incremental calls bring every change. */
export async function openPractice(
  options: Parameters<typeof startPracticeGateway>[0] = {},
): Promise<PracticeGateway & AsyncDisposable> {
  const still = { seed: 7, orders: 300, historyDays: 60, minIntervalMs: 0, speed: 0, olderChanges: true }
  const gateway = await startPracticeGateway({ ...still, ...options })
  return Object.assign(gateway, { [Symbol.asyncDispose]: () => gateway.close() })
}

export function practiceAccount(gateway: PracticeGateway, overrides: Partial<UpstreamAccount> = {}): UpstreamAccount {
  const { key, name, password, sk } = gateway.credentials
  return anAccount({ gateway: gateway.url, types: orderTypes, key, name, password, sk: sk ?? '', ...overrides })
}

/** What the desk holds otherwise than the gateway has it: orders that are missing, doubled or in another stage. */
export async function differences(desk: SyncDesk, gateway: PracticeGateway): Promise<string[]> {
  const rows = (await desk.rows()).map(({ type, orderNo, stage }) => `${type} ${orderNo} ${stage}`)
  const truth = gateway.truth().map(({ type, orderNo, stage }) => `${type} ${orderNo} ${stage}`)
  const missing = truth.filter((order) => !rows.includes(order)).map((order) => `missing: ${order}`)
  const wrong = rows.filter((order) => !truth.includes(order)).map((order) => `wrong: ${order}`)
  const doubled = rows.length === new Set(rows).size ? [] : ['doubled']
  return [...missing, ...wrong, ...doubled]
}
