import type { World } from '../world/world.ts'

/**
 * Which orders change when, without looking at every life each time: the next change of every order born so far is
 * kept. Times are practice time, epoch ms, and only go forward.
 */
export class ChangeFeed {
  private readonly world: World
  private readonly next: number[] = []
  private untilMs: number

  constructor(world: World, fromMs: number) {
    this.world = world
    this.untilMs = fromMs
  }

  /** Indexes of the orders that were born or changed after the last call and up to `nowMs`. */
  changedUntil(nowMs: number): number[] {
    const changed: number[] = []
    const born = this.world.countBefore(nowMs + 1)
    for (let index = 0; index < born; index += 1) {
      this.next[index] ??= this.nextChange(index, this.untilMs)
      if ((this.next[index] ?? Infinity) > nowMs) continue
      changed.push(index)
      this.next[index] = this.nextChange(index, nowMs)
    }
    this.untilMs = nowMs
    return changed
  }

  private nextChange(index: number, afterMs: number): number {
    return this.world.steps(index).find(({ atMs }) => atMs > afterMs)?.atMs ?? Infinity
  }
}
