/**
 * Which version of which order was delivered, per scope (key, type and, unless shared, channel). One byte an order in
 * memory, one character in the state file: 200,000 orders are 200 kB.
 */
export class Marks {
  private readonly scopes = new Map<string, Uint8Array>()

  constructor(saved: Readonly<Record<string, string>> = {}) {
    for (const [scope, text] of Object.entries(saved)) {
      this.scopes.set(
        scope,
        Uint8Array.from(text, (digit) => Number.parseInt(digit, 36)),
      )
    }
  }

  /** 0: never delivered. */
  get(scope: string, index: number): number {
    return this.scopes.get(scope)?.[index] ?? 0
  }

  set(scope: string, index: number, version: number): void {
    let marks = this.scopes.get(scope)
    if (marks === undefined || index >= marks.length) {
      const larger = new Uint8Array(Math.max(1_024, (index + 1) * 2))
      if (marks) larger.set(marks)
      this.scopes.set(scope, larger)
      marks = larger
    }
    marks[index] = version
  }

  reset(): void {
    this.scopes.clear()
  }

  save(): Record<string, string> {
    const saved: Record<string, string> = {}
    for (const [scope, marks] of this.scopes) {
      const last = marks.findLastIndex((version) => version > 0)
      saved[scope] = Array.from(marks.subarray(0, last + 1), (version) => version.toString(36)).join('')
    }
    return saved
  }
}
