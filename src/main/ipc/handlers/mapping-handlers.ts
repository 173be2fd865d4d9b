import type { mappingRoutes } from '#shared/contract/mapping.ts'
import type { Handlers } from '#shared/rpc/route.ts'
import type { WindowParts } from '../window-parts.ts'

/** Mappings lie with the orders: main only finds the right database, and the merchant's files. */
export function mappingHandlers({ databases, mappingFiles }: WindowParts): Handlers<typeof mappingRoutes> {
  const of = ({ accountId }: { accountId: string }) => databases.forAccount(accountId)
  return {
    'mapping.get': async (input) => (await of(input)).call('mapping.get', input),
    'mapping.save': async (input) => (await of(input)).call('mapping.save', input),
    'mapping.view': async (input, { signal }) => (await of(input)).call('mapping.view', input, { signal }),
    'mapping.rerun': async (input, { signal, progress }) =>
      (await of(input)).call('mapping.rerun', input, { signal, onProgress: progress }),
    'mapping.unreadable': async (input) => (await of(input)).call('mapping.unreadable', input),
    'mapping.export': async (input) => ({ file: await mappingFiles.export(input) }),
    'mapping.import': async () => ({ rules: await mappingFiles.import() }),
  }
}
