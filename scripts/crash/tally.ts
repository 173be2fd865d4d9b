import type { Findings } from './compare.ts'
import type { Victim } from './desk.ts'

/** What a campaign has come to. */
export class Tally {
  killed = 0
  /** Operations that ended before the place was reached. */
  missed = 0
  /** Runs that a full disk stopped. */
  starved = 0
  readonly #places = new Map<string, number>()
  readonly #victims = new Map<string, number>()
  readonly #findings = { lost: new Set<string>(), duplicated: new Set<string>(), wrong: new Set<string>() }

  noteKill(place: string, victim: Victim): void {
    this.killed += 1
    this.#places.set(place, (this.#places.get(place) ?? 0) + 1)
    this.#victims.set(victim, (this.#victims.get(victim) ?? 0) + 1)
  }

  /** Returns what is new: what was lost once is missing again, in other words, at the end of every later round. */
  note(findings: Findings): string[] {
    const fresh: string[] = []
    for (const kind of ['lost', 'duplicated', 'wrong'] as const)
      for (const finding of findings[kind]) {
        const matter = finding.split(/ \[| is /, 1)[0] ?? finding
        if (!this.#findings[kind].has(matter)) fresh.push(`${kind.toUpperCase()} ${finding}`)
        this.#findings[kind].add(matter)
      }
    return fresh
  }

  /** The campaign's one line. */
  result(rounds: number) {
    const { lost, duplicated, wrong } = this.#findings
    return { rounds, killed: this.killed, lost: lost.size, duplicated: duplicated.size, wrong: wrong.size }
  }

  /** Kills by place and by victim, for the log. */
  summary(): string {
    const inWords = (counts: ReadonlyMap<string, number>): string =>
      [...counts]
        .map(([name, count]) => `${name} ${count}`)
        .toSorted()
        .join(', ')
    return [
      `killed at: ${inWords(this.#places)}`,
      `killed: ${inWords(this.#victims)}`,
      `places not reached ${this.missed}, runs stopped by a full disk ${this.starved}`,
    ].join('\n')
  }
}
