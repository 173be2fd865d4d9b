import { createHash } from 'node:crypto'
import { ganTanHaoRow } from '../reply/rows/gan-tan-hao.ts'
import type { OrderState } from '../world/world.ts'

/** Forms in which systems push: 敢探号's form, one order; JSON, one order; a form with JSON in Data; a JSON list of all. */
export const pushShapes = ['off', 'form', 'json', 'data', 'list'] as const
export type PushShape = (typeof pushShapes)[number]

export interface PushBody {
  contentType: string
  text: string
}

type Fields = Record<string, string>

/** What 敢探号 names in a callback, in its order; everything is text. */
const names = [
  'plan_mobile_produced',
  'status',
  'iccid',
  'tracking_number',
  'tracking_company',
  'reason',
  'reason_tag',
  'upstream_reason',
  'is_activated',
  'activated_at',
  'is_recharged',
  'recharged_at',
  'recharge_amount',
]

/** The bodies to post: one an order, but for a list, which holds them all. */
export function pushBodies(orders: readonly OrderState[], shape: PushShape, apiToken: string): PushBody[] {
  const all = orders.map((order) => signed(fieldsOf(order), apiToken))
  switch (shape) {
    case 'off':
      return []
    case 'form':
      return all.map(form)
    case 'json':
      return all.map(json)
    case 'data':
      return all.map(({ sign = '', ...fields }) => form({ Data: JSON.stringify(fields), ...(sign !== '' && { sign }) }))
    case 'list':
      return all.length === 0 ? [] : [json(all)]
  }
}

/** What is posted when an address is saved. */
export const testBody: PushBody = form({ msg: 'success' })

/** The number under which the merchant's system knows it; a relay that was given none has the order number. */
function fieldsOf(order: OrderState): Fields {
  const row = ganTanHaoRow(order)
  const text = (name: string): string => String(row[name] ?? '')
  return {
    outer_id: order.birth.ownNo || order.birth.orderNo,
    ...Object.fromEntries(names.map((name) => [name, text(name)])),
  }
}

/** md5("outer_id=…&plan_mobile_produced=…&status=…" + api_token), lower case; nothing where there is no token. */
function signed(fields: Fields, apiToken: string): Fields {
  if (apiToken === '') return fields
  const [outerId, produced, status] = ['outer_id', 'plan_mobile_produced', 'status'].map((name) => fields[name] ?? '')
  const text = `outer_id=${outerId}&plan_mobile_produced=${produced}&status=${status}${apiToken}`
  return { ...fields, sign: createHash('md5').update(text).digest('hex') }
}

function form(fields: Fields): PushBody {
  return {
    contentType: 'application/x-www-form-urlencoded;charset=utf-8',
    text: new URLSearchParams(fields).toString(),
  }
}

function json(value: unknown): PushBody {
  return { contentType: 'application/json;charset=utf-8', text: JSON.stringify(value) }
}
