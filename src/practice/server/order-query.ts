import type { Channel, OrderType } from '#domain/vocabulary.ts'
import { hourMs, parseBeijing } from '../beijing.ts'
import type { Refusal } from './access.ts'

/** What a call asks for. Both ends null: the last 7 days, once. Else everything between, both ends included. */
export interface OrderQuery {
  type: OrderType
  channel: Channel
  startMs: number | null
  endMs: number | null
}

/** Form or query text as PHP reads it: '+' is a space, the last of equal names counts. */
export function readParameters(raw: Buffer): Map<string, string> {
  return new Map(new URLSearchParams(raw.toString('utf8')))
}

/** The query in the parameters, or the 400 that says what is wrong with them. */
export function readOrderQuery(parameters: ReadonlyMap<string, string>): OrderQuery | Refusal {
  const type = { '1': 'own', '2': 'distributor' } as const
  const channel = { '1': 'sync', '2': 'callback' } as const
  const typeText = parameters.get('type')
  const channelText = parameters.get('channels')
  if (typeText !== '1' && typeText !== '2') return wrong('type只能为1(自营订单)或2(分销商订单)')
  if (channelText !== '1' && channelText !== '2') return wrong('channels只能为1(订单信息同步)或2(订单状态回调)')
  const startMs = readTime(parameters.get('start'))
  if (startMs === undefined) return wrong('start时间格式应为2024-09-01 00:00:00')
  const endMs = readTime(parameters.get('end'))
  if (endMs === undefined) return wrong('end时间格式应为2024-12-31 23:59:00')
  if (startMs !== null && endMs !== null && startMs > endMs) return wrong('开始时间不能晚于结束时间')
  return { type: type[typeText], channel: channel[channelText], startMs, endMs }
}

export function isRanged(query: OrderQuery): boolean {
  return query.startMs !== null || query.endMs !== null
}

/** Hours between both ends; infinite where one is open, 0 without a range. */
export function spanHours(query: OrderQuery): number {
  if (!isRanged(query)) return 0
  if (query.startMs === null || query.endMs === null) return Infinity
  return (query.endMs - query.startMs) / hourMs
}

/** null: not given; undefined: not a time. */
function readTime(text: string | undefined): number | null | undefined {
  if (text === undefined || text === '') return null
  return parseBeijing(text) ?? undefined
}

function wrong(what: string): Refusal {
  return { code: 400, msg: `参数传递不正确：${what}` }
}
