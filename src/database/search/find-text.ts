import type { Connection } from '../connection.ts'
import { GrowingIds } from '../orders/growing-ids.ts'
import { searchedColumns, searchSql } from '../orders/filter.ts'
import type { Pause } from '../orders/sorted-ids.ts'
import { verifyIds } from '../orders/verify-ids.ts'

/** Row ids looked up in one piece: a text that every order holds takes some milliseconds then. */
const [stepOfAny, stepOfAll] = [60_000, 250_000]
/** More three-character texts than this that begin with a short one are not worth asking for one by one. */
const mostTerms = 400
/** Of a longer text the rarest parts are asked for: each match is looked at anyhow. */
const [mostParts, mostSampled] = [4, 24]
/** How rare a part is shows in the newest so many orders. */
const sampleIds = 20_000

export interface Found {
  /** Ascending; of every account. */
  ids: Int32Array
  /** Each of them holds the text; false: some may not, and each must be looked at. */
  exact: boolean
}

/**
 * The orders that hold a text anywhere in a searched column. The index knows every three characters in a row; two are
 * the beginning of some of them, because each searched text ends with line feeds. null: nothing is gained by the index
 * (one character is in nearly every order), each order must be looked at. `pause` is awaited between pieces.
 */
export async function findText(orders: Connection, text: string, pause: Pause): Promise<Found | null> {
  const characters = [...text.replaceAll('\0', '')]
  if (characters.length < 2) return null
  const query = characters.length === 2 ? anyStart(orders, characters.join('')) : allParts(orders, characters)
  if (query === null) return null
  const indexed = query === '' ? new Int32Array(0) : await lookUp(orders, query, characters.length, pause)
  return {
    ids: await withWaiting(orders, indexed, text, pause),
    exact: characters.length <= 3 && isPlain(text),
  }
}

/** What the index does not hold as it is now is looked at one by one. */
async function withWaiting(orders: Connection, indexed: Int32Array, text: string, pause: Pause): Promise<Int32Array> {
  const waiting = Int32Array.from(orders.column<number>('SELECT order_id FROM search_waiting ORDER BY order_id'))
  if (waiting.length === 0) return indexed
  const found = await verifyIds(orders, waiting, searchSql(text), pause)
  const stale = new Set(waiting)
  return Int32Array.from([...indexed.filter((id) => !stale.has(id)), ...found]).sort()
}

/** True where the index folds no more letters into one than the database's own comparison does. */
function isPlain(text: string): boolean {
  const beyondAscii = text.replaceAll(/[\0-\x7F]/g, '')
  return !text.includes('\n') && beyondAscii.toLowerCase() === beyondAscii.toUpperCase()
}

function quoted(term: string): string {
  return `"${term.replaceAll('"', '""')}"`
}

function allParts(orders: Connection, characters: readonly string[]): string {
  const parts = new Set<string>()
  for (let at = 0; at + 3 <= characters.length && parts.size < mostSampled; at += 1)
    parts.add(
      characters
        .slice(at, at + 3)
        .join('')
        .toLowerCase(),
    )
  const asked = parts.size <= mostParts ? [...parts] : rarest(orders, [...parts])
  return asked.map(quoted).join(' AND ')
}

function rarest(orders: Connection, parts: readonly string[]): string[] {
  const from = lastId(orders) - sampleIds
  const count = 'SELECT count(*) AS count FROM order_search WHERE order_search MATCH ? AND rowid > ?'
  return parts
    .map((part) => ({ part, count: orders.get<{ count: number }>(count, [quoted(part), from])?.count ?? 0 }))
    .toSorted((one, other) => one.count - other.count)
    .slice(0, mostParts)
    .map(({ part }) => part)
}

function lastId(orders: Connection): number {
  return orders.get<{ id: number | null }>('SELECT max(id) AS id FROM orders')?.id ?? 0
}

/** Any three characters that begin so; '': there are none; null: too many. */
function anyStart(orders: Connection, text: string): string | null {
  const start = text.toLowerCase()
  const terms = orders.column<string>('SELECT term FROM order_search_terms WHERE term >= ? AND term < ? LIMIT ?', [
    start,
    `${start}\u{10FFFF}`,
    mostTerms + 1,
  ])
  return terms.length > mostTerms ? null : terms.map(quoted).join(' OR ')
}

async function lookUp(orders: Connection, query: string, length: number, pause: Pause): Promise<Int32Array> {
  const last = lastId(orders)
  const sql = 'SELECT rowid FROM order_search WHERE order_search MATCH ? AND rowid > ? AND rowid <= ?'
  const step = length > 3 ? stepOfAll : stepOfAny
  const found = new GrowingIds()
  for (let after = 0; after <= last; after += step) {
    for (const id of orders.column<number>(sql, [query, after, after + step])) found.push(id)
    await pause()
  }
  return found.done()
}

/** The text of an order that the index holds: every searched column, each ended, the last one twice. */
export const documentSql = `${searchedColumns.map((column) => `coalesce(${column} || char(10), '')`).join(' || ')} || char(10)`
