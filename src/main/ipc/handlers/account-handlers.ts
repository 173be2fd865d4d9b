import type { accountRoutes } from '#shared/contract/accounts.ts'
import { AppError } from '#shared/errors.ts'
import type { Handlers } from '#shared/rpc/route.ts'
import type { WindowParts } from '../window-parts.ts'

export function accountHandlers({ accounts, practice }: WindowParts): Handlers<typeof accountRoutes> {
  return {
    'accounts.list': () => accounts.list(),
    'accounts.save': (input) => accounts.save(input),
    'accounts.remove': ({ id, withData }) => accounts.remove(id, withData),
    'accounts.addPractice': () => accounts.addPractice(),
    'accounts.advancePractice': async ({ id, hours }) => {
      if (!accounts.get(id).practice) throw new AppError('accountNotFound', 'not the practice account')
      await practice.advance(hours)
      return {}
    },
  }
}
