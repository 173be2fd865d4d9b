import type { statisticsRoutes } from '#shared/contract/statistics.ts'
import type { Handlers } from '#shared/rpc/route.ts'
import type { WindowParts } from '../window-parts.ts'

export function statisticsHandlers({ databases, statisticsFiles }: WindowParts): Handlers<typeof statisticsRoutes> {
  return {
    'statistics.read': async (query, { signal }) =>
      (await databases.forAccount(query.accountId)).call('statistics.read', query, { signal }),
    'statistics.saveFigures': async (query) => ({ file: await statisticsFiles.saveFigures(query) }),
    'statistics.savePicture': async (picture) => ({ file: await statisticsFiles.savePicture(picture) }),
    'statistics.showLast': () => statisticsFiles.showLast(),
  }
}
