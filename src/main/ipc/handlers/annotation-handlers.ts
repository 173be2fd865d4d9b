import type { annotationRoutes } from '#shared/contract/annotations.ts'
import type { Handlers } from '#shared/rpc/route.ts'
import type { WindowParts } from '../window-parts.ts'

/** Annotations lie with the orders: main only finds the right database. */
export function annotationHandlers({ databases }: WindowParts): Handlers<typeof annotationRoutes> {
  return {
    'annotations.save': async (input) => (await databases.forAccount(input.accountId)).call('annotations.save', input),
    'annotations.mark': async (input, { signal, progress }) =>
      (await databases.forAccount(input.filter.accountId)).call('annotations.mark', input, {
        signal,
        onProgress: progress,
      }),
    'annotations.tags': async (input) => (await databases.forAccount(input.accountId)).call('annotations.tags', input),
  }
}
