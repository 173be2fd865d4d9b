import type { Run } from '#shared/contract/sync.ts'

export type RunTone = 'green' | 'blue' | 'amber' | 'red'

/** The colour group of a run: unclear and half-done are amber, never red; cancelled is the merchant's own doing. */
export function runTone(run: Run): RunTone {
  switch (run.outcome) {
    case 'understood':
      return run.unreadable > 0 ? 'amber' : 'green'
    case 'cancelled':
    case null:
      return 'blue'
    case 'unclear':
    case 'partial':
    case 'open':
      return 'amber'
    case 'refused':
    case 'failed':
      return 'red'
  }
}
