/** Which pull the orders come from. */
export interface Pull {
  account: number
  type: number
  run: number
  /** The attempt's id: attempts are numbered in the order in which they left. */
  pullOrder: number
  seenAt: number
}
