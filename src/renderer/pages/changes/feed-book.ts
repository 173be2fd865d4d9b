import type { FeedChange, FeedPlace } from '#shared/contract/changes.ts'
import { heightOf, linesOf, type FeedLine } from './feed-lines.ts'

/**
 * The feed as pages of a book: those around what is seen are held, the others are known by where they begin and how
 * high they are. A million changes are ten thousand such pages, and any of them is read again by its key.
 */
export interface FeedPage {
  /** The place it comes after; null: the newest. */
  after: FeedPlace | null
  /** When the change above its first was seen; null at the top. */
  above: number | null
  height: number
  /** null: not held. */
  lines: readonly FeedLine[] | null
}

export interface FeedBook {
  pages: readonly FeedPage[]
  /** Where the page after the last begins; null: there is none. */
  next: FeedPlace | null
}

export interface ReadPage {
  changes: readonly FeedChange[]
  next: FeedPlace | null
}

export const emptyBook: FeedBook = { pages: [], next: null }

/** A book of one page. `from`: the place to begin at. */
export function openBook(from: FeedPlace | null, read: ReadPage, since: number | null): FeedBook {
  return { pages: [pageOf(from, null, read, since)], next: read.next }
}

export function addPage(book: FeedBook, read: ReadPage, since: number | null): FeedBook {
  return { pages: [...book.pages, pageOf(book.next, lastSeen(book), read, since)], next: read.next }
}

/** Puts a page that was let go back into its place. */
export function putBack(book: FeedBook, index: number, read: ReadPage, since: number | null): FeedBook {
  const old = book.pages[index]
  if (old === undefined) return book
  const page = pageOf(old.after, old.above, read, since)
  return { ...book, pages: book.pages.map((other, at) => (at === index ? page : other)) }
}

/** Lets go of the lines of every page outside [first, last]. */
export function letGo(book: FeedBook, first: number, last: number): FeedBook {
  const held = (index: number): boolean => index >= first && index <= last
  if (book.pages.every((page, index) => held(index) || page.lines === null)) return book
  return { ...book, pages: book.pages.map((page, index) => (held(index) ? page : { ...page, lines: null })) }
}

export function changesIn(page: FeedPage | undefined): FeedChange[] {
  return (page?.lines ?? []).flatMap((line) => (line.kind === 'change' ? [line.change] : []))
}

/** The same book with every held change passed through `map`. */
export function mapChanges(book: FeedBook, map: (change: FeedChange) => FeedChange): FeedBook {
  const mapLine = (line: FeedLine): FeedLine =>
    line.kind === 'change' ? { kind: 'change', change: map(line.change) } : line
  return { ...book, pages: book.pages.map((page) => ({ ...page, lines: page.lines?.map(mapLine) ?? null })) }
}

function pageOf(after: FeedPlace | null, above: number | null, read: ReadPage, since: number | null): FeedPage {
  const lines = linesOf(read.changes, above, since)
  return { after, above, height: heightOf(lines), lines }
}

function lastSeen({ pages, next }: FeedBook): number | null {
  return next?.seenAt ?? changesIn(pages.at(-1)).at(-1)?.seenAt ?? null
}
