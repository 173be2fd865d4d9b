import type { Channel, OrderType } from '#domain/vocabulary.ts'
import type { SyncOrder } from '../../app/create-sync.ts'
import { closedRange, type RangeChoice } from '../../range/range-presets.ts'

/** What a pressed button asks for; "both" is whatever the account uses. */
export function syncOrder(
  button: OrderType | 'both',
  used: readonly OrderType[],
  channel: Channel,
  range: RangeChoice,
  nowMs: number,
): SyncOrder {
  return { types: button === 'both' ? [...used] : [button], channel, range: closedRange(range, nowMs) }
}
