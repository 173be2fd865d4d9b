import { openData } from '#domain/envelope/open-data.ts'
import { JsonOutline } from '#domain/json-stream/outline.ts'
import type { Json } from '#domain/json.ts'
import type { FoundList } from '#domain/mapper/find-list.ts'
import { findRuledList, listPlaces, type ListPlace } from '#domain/mapper/ruled-list.ts'
import { openReplyText } from '../replies/reply-text.ts'
import type { Session } from '../session.ts'

/** One of the latest replies that held something to map. */
export interface LatestReply {
  id: number
  seenAt: number
  root: Json
  list: FoundList | null
  places: readonly ListPlace[]
}

interface Row {
  id: number
  content_type: string
  bytes: number
  seenAt: number
}

/** So many elements say what an account's replies look like. */
const enoughElements = 300
const mostReplies = 6
const mostLookedAt = 40
/** A larger reply is read only where there is no smaller one; together they hold up queries no longer than that. */
const mostBytes = 12_000_000

/** The newest raw replies of an account and type that hold elements, or at least a place where some could be. */
export async function latestReplies(
  session: Session,
  account: number,
  type: number,
  listPath: string | null,
): Promise<LatestReply[]> {
  const rows = session.replies.all<Row>(
    `SELECT id, bytes, content_type, coalesce(ended_at, began_at) AS seenAt FROM replies
     WHERE account = ? AND type = ? AND state = 'complete' ORDER BY attempt DESC LIMIT ${mostLookedAt}`,
    [account, type],
  )
  const found: LatestReply[] = []
  let elements = 0
  let bytes = 0
  for (const row of rows) {
    if (found.length > 0 && bytes + row.bytes > mostBytes) continue
    const reply = await read(session, row, listPath)
    if (reply === null) continue
    found.push(reply)
    bytes += row.bytes
    elements += reply.list?.elements.length ?? 0
    if (elements >= enoughElements || found.length >= mostReplies) break
  }
  return found
}

async function read(session: Session, row: Row, listPath: string | null): Promise<LatestReply | null> {
  // Of a long reply its outline: enough of its elements to tell how they are read.
  const outline = new JsonOutline()
  const text = await openReplyText(session.replies, row)
  await text.feed(outline)
  const parsed = outline.end()
  if (parsed === undefined) return null
  const root = openData(parsed)
  const list = findRuledList(root, listPath)
  const places = listPlaces(root).filter((place) => place.elements > 0)
  if ((list?.elements.length ?? 0) === 0 && places.length === 0) return null
  return { id: row.id, seenAt: row.seenAt, root, list, places }
}
