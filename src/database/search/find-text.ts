import type { Session } from '../session.ts'
import { searchedColumns, searchSql } from '../orders/filter.ts'
import { verifyIds } from '../orders/verify-ids.ts'

/** Row ids looked up in the index in one piece: a text that every order holds takes some milliseconds then. */
const stepIds = 60_000
/** More three-character texts than this that begin with a short one are not worth asking for one by one. */
const mostTerms = 2_000
/** A long text's further parts hardly tell more. */
const mostParts = 40

export interface Found {
  /** Ascending; of every account. */
  ids: Int32Array
  /** Each of them holds the text; false: some may not, and each must be looked at. */
  exact: boolean
}

/**
 * The orders that hold a text anywhere in a searched column. The index knows every three characters in a row; a shorter
 * text is the beginning of some of them, because each searched text ends with line feeds. null: nothing is gained by
 * the index, every order must be looked at. `pause` is awaited between pieces.
 */
export async function findText(
  session: Session,
  text: string,
  pause: () => Promise<void> | undefined,
): Promise<Found | null> {
  const characters = [...text.replaceAll('\0', '')]
  const query = characters.length < 3 ? startsWith(session, characters.join('')) : partsOf(characters)
  if (query === null) return null
  const indexed = query === '' ? [] : await lookUp(session, query, pause)
  const waiting = Int32Array.from(
    session.orders.column<number>('SELECT order_id FROM search_waiting ORDER BY order_id'),
  )
  const found = await verifyIds(session.orders, waiting, searchSql(text), pause)
  const stale = new Set(waiting)
  const fresh = indexed.filter((id) => !stale.has(id))
  return {
    ids: Int32Array.from([...fresh, ...found]).sort(),
    exact: characters.length <= 3 && isPlain(text),
  }
}

/** True where the index folds no more letters into one than the database's own comparison does. */
function isPlain(text: string): boolean {
  return (
    !text.includes('\n') &&
    text.replaceAll(/[\0-\x7F]/g, '').toLowerCase() === text.replaceAll(/[\0-\x7F]/g, '').toUpperCase()
  )
}

function quoted(term: string): string {
  return `"${term.replaceAll('"', '""')}"`
}

/** All three-character parts of a text must be there. */
function partsOf(characters: readonly string[]): string {
  const parts = new Set<string>()
  for (let at = 0; at + 3 <= characters.length && parts.size < mostParts; at += 1)
    parts.add(characters.slice(at, at + 3).join(''))
  return [...parts].map(quoted).join(' AND ')
}

/** Any three-character text that begins so; '': there is none. */
function startsWith({ orders }: Session, text: string): string | null {
  const start = text.toLowerCase()
  const terms = orders.column<string>('SELECT term FROM order_search_terms WHERE term >= ? AND term < ? LIMIT ?', [
    start,
    `${start}\u{10FFFF}`,
    mostTerms + 1,
  ])
  return terms.length > mostTerms ? null : terms.map(quoted).join(' OR ')
}

async function lookUp(session: Session, query: string, pause: () => Promise<void> | undefined): Promise<number[]> {
  const { orders } = session
  const last = orders.get<{ id: number | null }>('SELECT max(id) AS id FROM orders')?.id ?? 0
  const ids: number[] = []
  for (let after = 0; after <= last; after += stepIds) {
    const sql = 'SELECT rowid FROM order_search WHERE order_search MATCH ? AND rowid > ? AND rowid <= ?'
    for (const id of orders.column<number>(sql, [query, after, after + stepIds])) ids.push(id)
    await pause()
  }
  return ids
}

/** The text of an order that the index holds: every searched column, each ended, the last one twice. */
export const documentSql = `${searchedColumns.map((column) => `coalesce(${column} || char(10), '')`).join(' || ')} || char(10)`
