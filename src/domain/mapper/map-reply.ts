import { jsonText, type Json } from '../json.ts'
import { JsonOutline } from '../json-stream/outline.ts'
import type { CodeProfile } from '../vocabulary.ts'
import { mapList } from './collect.ts'
import { surveyList } from './map-list.ts'
import { plainReading, type Reading } from './rules.ts'
import type { MappedReply } from './types.ts'

/**
 * Maps a whole parsed reply. Every element of the list becomes an order, or an unreadable item, or is an exact
 * duplicate of one that did. `before`: the code profile this account was known by. `reading`: the merchant's rules.
 */
export function mapReply(root: Json, before?: CodeProfile, reading: Reading = plainReading): MappedReply {
  const text = jsonText(root)
  const outline = new JsonOutline()
  outline.feed(text)
  const passes = surveyList(outline.end() ?? null, before, reading)
  let step = passes.next()
  for (; step.done !== true; step = passes.next()) step.value.feed(text)
  return mapList(step.value, text)
}
