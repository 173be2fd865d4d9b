/** Where a step of the app may be killed: told to the campaign as it is passed, and held there when armed so. */
export class Checkpoints {
  readonly #tell: (passed: { point: string; reached: boolean }) => void
  #armed: { point: string; left: number; hold: boolean } | null = null
  #held: (() => void) | null = null

  constructor(tell: (passed: { point: string; reached: boolean }) => void) {
    this.#tell = tell
  }

  arm(point: string | null, left: number, hold: boolean): void {
    this.#armed = point === null ? null : { point, left, hold }
    this.goOn()
  }

  /** Lets go what is held. */
  goOn(): void {
    this.#held?.()
    this.#held = null
  }

  /** Resolves at once unless the armed passing is to be held. */
  async pass(point: string): Promise<void> {
    const armed = this.#armed
    const isArmed = armed?.point === point
    const reached = isArmed && armed.left === 0
    if (isArmed) armed.left -= 1
    this.#tell({ point, reached })
    if (reached && armed.hold) await new Promise<void>((resolve) => (this.#held = resolve))
  }
}
