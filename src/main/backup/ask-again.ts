import { dayMs, toBeijing } from '#domain/beijing-time.ts'
import type { AskAgain } from '#shared/database/upkeep.ts'
import type { StoredAccount } from '../settings/config-document.ts'

/** As far back as the first sync's offer of older orders reaches. */
const daysBeforeAccount = 180

/** For each real account, where its orders begin anew: everything from half a year before it was added. */
export function askAgainOf(accounts: readonly StoredAccount[], now: number): AskAgain[] {
  return accounts
    .filter(({ practice }) => !practice)
    .map(({ id, createdAt, settings }) => ({
      accountId: id,
      types: [...settings.types],
      everything: {
        from: toBeijing(Math.max(0, Math.min(createdAt, now) - daysBeforeAccount * dayMs)),
        to: toBeijing(now + dayMs),
      },
    }))
}
