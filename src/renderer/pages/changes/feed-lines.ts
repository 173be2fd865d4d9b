import { beijingDay } from '#domain/beijing-time.ts'
import type { FeedChange } from '#shared/contract/changes.ts'

/** What stands in the feed, one below the other. */
export type FeedLine =
  | { kind: 'day'; day: string }
  /** What comes below was there at the last visit. */
  | { kind: 'since' }
  | { kind: 'change'; change: FeedChange }

/** CSS pixels; a line never grows with its words, so that nothing moves. */
export const lineHeights: Record<FeedLine['kind'], number> = { day: 36, since: 28, change: 36 }

/**
 * The lines of one page, newest first. `before`: when the change above its first was seen, null at the top. `since`:
 * the moment up to which the last visit had seen everything; its line stands between two changes or not at all.
 */
export function linesOf(changes: readonly FeedChange[], before: number | null, since: number | null): FeedLine[] {
  const lines: FeedLine[] = []
  let above = before
  for (const change of changes) {
    if (since !== null && above !== null && above > since && change.seenAt <= since) lines.push({ kind: 'since' })
    if (above === null || beijingDay(above) !== beijingDay(change.seenAt))
      lines.push({ kind: 'day', day: beijingDay(change.seenAt) })
    lines.push({ kind: 'change', change })
    above = change.seenAt
  }
  return lines
}

export function heightOf(lines: readonly FeedLine[]): number {
  return lines.reduce((height, { kind }) => height + lineHeights[kind], 0)
}

/** A line and where it stands, px from the top of its page. */
export interface PlacedLine {
  line: FeedLine
  top: number
}

/** The lines of a page that reach into [from, to), px from its top. */
export function linesBetween(lines: readonly FeedLine[], from: number, to: number): PlacedLine[] {
  const placed: PlacedLine[] = []
  let top = 0
  for (const line of lines) {
    const bottom = top + lineHeights[line.kind]
    if (bottom > from && top < to) placed.push({ line, top })
    if (top >= to) break
    top = bottom
  }
  return placed
}
