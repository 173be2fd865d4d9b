import type { Channel } from '#domain/vocabulary.ts'

/** What brought a change: a pull, or a push, which belongs to no run (0). */
export interface ChangeSource {
  run: number
  /** The attempt's id: attempts are numbered in the order in which they left. */
  pullOrder: number
  seenAt: number
  /** The pushed item, where a push brought it. */
  push?: number
}

/** Which pull the orders come from. */
export interface Pull extends ChangeSource {
  account: number
  type: number
  channel: Channel
  /** The run reconciles: what its pulls find new or changed is noted. */
  reconciles: boolean
}
