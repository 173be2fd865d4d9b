import type { SurveyedList } from './map-list.ts'
import type { MappedOrder, MappedReply, UnreadableItem } from './types.ts'

/** Maps a surveyed list of a text at hand into memory. */
export function mapList({ head, mapper }: SurveyedList, text: string): MappedReply {
  const orders: MappedOrder[] = []
  const unreadable: UnreadableItem[] = []
  const mapping = mapper?.({ order: (order) => orders.push(order), unreadable: (item) => unreadable.push(item) })
  mapping?.feed(text)
  return { ...head, orders, unreadable, conflicts: mapping?.counts.conflicts ?? 0 }
}
