import type { Range } from '#shared/contract/common.ts'
import type { RunPurpose } from '#shared/contract/sync.ts'
import type { OpenRequest } from '#shared/database/contract.ts'
import { dayMs } from '#domain/beijing-time.ts'
import { cutRange, lastDays, rangeOf } from '#domain/ranges.ts'

/** One thing to ask. A range may close earlier requests whose outcome is unknown, once it is read. */
export type Step = { kind: 'incremental' } | { kind: 'range'; range: Range; repairs: readonly OpenRequest[] }

/** What a run sets out to ask, in order. */
export interface RunPlan {
  purpose: RunPurpose
  /** Shown with the run; null for an incremental one. */
  range: Range | null
  steps: readonly Step[]
}

export interface SyncFacts {
  /** The range the merchant chose; null: a plain sync. */
  asked: Range | null
  sharedWithOthers: boolean
  /** End of the last complete sync of that type, epoch ms; null: never. */
  lastCompleteAt: number | null
  /** Epoch ms by the corrected clock. */
  now: number
}

/** The default call looks back 7 days. */
const defaultDays = 7
/** After that long without a sync, the default call could already miss changes. */
const catchUpAfterMs = 6 * dayMs

/**
 * What a sync of one type asks.
 * - A chosen range: that range, cut to one day from now.
 * - The first sync: the last 7 days by range, because another program may already have taken what the default call
 *   would deliver.
 * - Shared with another program: ranges only, for the same reason.
 * - After more than 6 days: the range from a day before the last complete sync, then the incremental call.
 * - Else the incremental call.
 */
export function planSync({ asked, sharedWithOthers, lastCompleteAt, now }: SyncFacts): RunPlan {
  if (asked !== null) return ofRange('range', cutRange(asked, now))
  if (lastCompleteAt === null) return ofRange('firstSync', lastDays(defaultDays, now))
  const sinceLast = Math.min(lastCompleteAt, now) - dayMs
  if (sharedWithOthers) return ofRange('sync', rangeOf(Math.min(sinceLast, now - defaultDays * dayMs), now))
  if (now - lastCompleteAt <= catchUpAfterMs) return { purpose: 'sync', range: null, steps: [{ kind: 'incremental' }] }
  const catchUp = ofRange('catchUp', rangeOf(sinceLast, now))
  return { ...catchUp, steps: [...catchUp.steps, { kind: 'incremental' }] }
}

function ofRange(purpose: RunPurpose, range: Range | null): RunPlan {
  return ofRanges(purpose, range === null ? [] : [range])
}

/** The rest of ranges that were cancelled or failed, oldest first. */
export function planResume(unread: readonly Range[], now: number): RunPlan {
  return ofRanges(
    'resume',
    unread.map((range) => cutRange(range, now)).filter((range) => range !== null),
  )
}

/** A run that reads ranges one after the other. */
export function ofRanges(purpose: RunPurpose, ranges: readonly Range[]): RunPlan {
  const ends = {
    from: ranges.map(({ from }) => from).toSorted()[0],
    to: ranges
      .map(({ to }) => to)
      .toSorted()
      .at(-1),
  }
  const { from, to } = ends
  return {
    purpose,
    range: from === undefined || to === undefined ? null : { from, to },
    steps: ranges.map((range) => ({ kind: 'range', range, repairs: [] })),
  }
}
