import type { backupsRoutes } from '#shared/contract/backups.ts'
import type { Handlers } from '#shared/rpc/route.ts'
import type { WindowParts } from '../window-parts.ts'

export function backupHandlers({ backups, backupDesk }: WindowParts): Handlers<typeof backupsRoutes> {
  return {
    'backups.state': () => backups.state(),
    'backups.make': async () => ({ made: await backups.make() }),
    'backups.saveAs': async () => ({ saved: await backupDesk.saveAs() }),
    'backups.check': async () => {
      await backups.check()
      return {}
    },
    'backups.choose': async () => ({ chosen: await backupDesk.choose() }),
    'backups.restore': async ({ kept, ...request }) => {
      const { setAside } = await backups.restore({ ...request, file: backupDesk.fileOf(kept) })
      return { setAside }
    },
    'backups.startFresh': () => backups.startFresh(),
  }
}
