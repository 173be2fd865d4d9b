import type { AxisValue } from '#domain/vocabulary.ts'
import type { StatusChange } from '#shared/contract/orders.ts'

export interface TimelineItem {
  change: StatusChange
  /** How long the same axis had stood before this change, ms; null: it is the first of its axis. */
  stoodMs: number | null
}

/** What was seen at one moment, over all axes. */
export interface TimelineStep {
  seenAt: number
  items: TimelineItem[]
  /** From the step before to this one, ms; null: it is the first. */
  sinceMs: number | null
  /** The upstream's own time of all of it, where it is one and the same. */
  upstreamAt: string | null
  /** All of it was seen for the first time. */
  first: boolean
}

/** The changes, newest first as they came, each with how long its axis had stood before. */
export function timelineOf(changes: readonly StatusChange[]): TimelineItem[] {
  return changes.map((change, index) => {
    const before = changes.slice(index + 1).find(({ axis }) => axis === change.axis)
    return { change, stoodMs: before === undefined ? null : Math.max(0, change.seenAt - before.seenAt) }
  })
}

/** The timeline step by step, newest first: what one pull or push told of stands together. */
export function stepsOf(changes: readonly StatusChange[]): TimelineStep[] {
  const steps: TimelineStep[] = []
  for (const item of timelineOf(changes)) {
    const { seenAt, upstreamAt, from } = item.change
    const step = steps.at(-1)
    if (step?.seenAt === seenAt) {
      step.items.push(item)
      if (step.upstreamAt !== upstreamAt) step.upstreamAt = null
      step.first &&= from === null
    } else {
      if (step !== undefined) step.sinceMs = Math.max(0, step.seenAt - seenAt)
      steps.push({ seenAt, items: [item], sinceMs: null, upstreamAt, first: from === null })
    }
  }
  return steps
}

/** An axis value as the upstream meant it: its word, else its code, said to be one by `asCode`. */
export function valueText(value: AxisValue | null, asCode: (code: string) => string): string {
  if (value === null) return ''
  return value.word ?? (value.code === null ? '' : asCode(value.code))
}
