import type { MappedOrder } from '../mapper/types.ts'
import { axes, type OrderFields } from '../vocabulary.ts'
import type { PushedOrder } from './read-push.ts'

/** When a push says its order changed, Beijing. */
export interface PushTimes {
  /** The order's own update time; null: not named. */
  exact: string | null
  /** The latest of the other times it names: the push was made then or later. */
  atLeast: string | null
}

export function timesOf({ fields }: Pick<PushedOrder, 'fields'>): PushTimes {
  const { updatedAt, shippedAt, activatedAt, rechargedAt, settledAt } = fields
  const named = [shippedAt, activatedAt, rechargedAt, settledAt].filter((time) => time !== undefined)
  return { exact: updatedAt ?? null, atLeast: named.toSorted().at(-1) ?? null }
}

/**
 * Between a push and a pull the upstream's own time decides, where both have one and they differ; else the order of
 * arrival. `pullAt`: the order's update time as the pull has it.
 */
export function isPushNewer(push: PushTimes, pullAt: string | null, pullArrivedBefore: boolean): boolean {
  if (pullAt !== null && push.exact !== null && push.exact !== pullAt) return push.exact > pullAt
  if (pullAt !== null && push.exact === null && push.atLeast !== null && push.atLeast > pullAt) return true
  return pullArrivedBefore
}

/** A pulled order as it stands under a newer push: what the push names is the push's, everything else the pull's. */
export function underPush(pulled: MappedOrder, push: PushedOrder): MappedOrder {
  const fields: OrderFields = { ...pulled.fields, ...push.fields }
  const merged = { ...pulled.axes }
  for (const axis of axes) merged[axis] = push.axes[axis] ?? pulled.axes[axis]
  return { ...pulled, fields, axes: merged, upstreamAt: push.upstreamAt ?? pulled.upstreamAt }
}
