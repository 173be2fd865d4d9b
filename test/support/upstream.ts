import { onTestFinished } from 'vitest'
import {
  startPracticeGateway,
  type PracticeGateway,
  type PracticeOptions,
  type TruthOrder,
} from '../../src/practice/gateway.ts'

/** A practice upstream for one test. Its orders all fit into the first sync's seven days. */
export async function startUpstream(options: PracticeOptions = {}): Promise<PracticeGateway> {
  const gateway = await startPracticeGateway({ orders: 200, historyDays: 5, seed: 7, ...options })
  onTestFinished(() => gateway.close())
  return gateway
}

/** What the merchant types into an account of that upstream. */
export function accountOf(gateway: PracticeGateway, label = '张三店') {
  const { key, token, sk } = gateway.credentials
  return { label, key, token, sk: sk ?? '', gateway: gateway.url }
}

export function orderNumbers(orders: readonly TruthOrder[]): string[] {
  return orders.map((order) => order.orderNo).sort()
}
