import type { Log } from '../log/log.ts'
import type { Part } from '../parts.ts'
import type { Services } from '../services.ts'
import { FollowUpSchedule } from '../sync/follow-up/follow-up-schedule.ts'

/** Makes follow-up rounds and the weekly reconcile by themselves while the window is open. */
export class FollowUpPart implements Part {
  readonly name = 'follow-up'
  readonly #schedule: FollowUpSchedule

  constructor({ services, log }: { services: Services; log: Log }) {
    this.#schedule = new FollowUpSchedule({
      followUp: services.followUp,
      sync: services.sync,
      accounts: () => openAccounts(services),
      later(work, delayMs) {
        const timer = setTimeout(work, delayMs)
        return () => clearTimeout(timer)
      },
      monotonicMs: () => performance.now(),
      log,
    })
  }

  start(): void {
    this.#schedule.start()
  }

  stop(): void {
    this.#schedule.stop()
  }

  /** The computer woke up, and what the sleep cut off was repaired: a repair under way would keep a round from being made. */
  woke(): void {
    this.#schedule.wake()
  }
}

function openAccounts({ accounts, vault }: Services) {
  const { locked, protection } = vault.state()
  return accounts.list().filter(({ practice }) => practice || (!locked && protection !== 'none'))
}
