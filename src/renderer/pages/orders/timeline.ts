import type { AxisValue } from '#domain/vocabulary.ts'
import type { StatusChange } from '#shared/contract/orders.ts'

export interface TimelineItem {
  change: StatusChange
  /** How long the same axis had stood before this change, ms; null: it is the first of its axis. */
  stoodMs: number | null
}

/** The changes, newest first as they came, each with how long its axis had stood before. */
export function timelineOf(changes: readonly StatusChange[]): TimelineItem[] {
  return changes.map((change, index) => {
    const before = changes.slice(index + 1).find(({ axis }) => axis === change.axis)
    return { change, stoodMs: before === undefined ? null : Math.max(0, change.seenAt - before.seenAt) }
  })
}

/** An axis value as the upstream meant it: its word, else its code, said to be one by `asCode`. */
export function valueText(value: AxisValue | null, asCode: (code: string) => string): string {
  if (value === null) return ''
  return value.word ?? (value.code === null ? '' : asCode(value.code))
}
