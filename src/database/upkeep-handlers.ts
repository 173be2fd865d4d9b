import type { DatabaseRoutes } from '#shared/database/contract.ts'
import type { upkeepRoutes } from '#shared/database/upkeep.ts'
import type { Handlers } from '#shared/rpc/route.ts'
import { adoptAttempts, redateAttempt } from './attempts.ts'
import { inspectBackup } from './backup/archive.ts'
import { writeBackup } from './backup/write-backup.ts'
import type { Log } from './connection.ts'
import { checkFiles } from './pages/check-files.ts'
import { checkStructure } from './pages/check-structure.ts'
import { diagnose } from './restore/diagnose.ts'
import { finishMoves } from './restore/moves.ts'
import { restore } from './restore/restore.ts'
import { setAside } from './restore/set-aside.ts'
import type { Session } from './session.ts'
import { lockFolder } from './vault.ts'

type UpkeepHandlers = Pick<Handlers<DatabaseRoutes>, keyof typeof upkeepRoutes>

/** Checking, backing up and restoring. What needs no open vault takes the folder's lock for as long as it works. */
export function upkeepHandlers(session: () => Session, log: Log): UpkeepHandlers {
  return {
    'upkeep.check': (_input, context) => checkFiles(session().files, context),
    'upkeep.structure': (place) => checkStructure(place, log),
    'backup.write': (input, context) => writeBackup(session().files, input, context),
    'backup.inspect': ({ file }) => inspectBackup(file),
    'upkeep.diagnose': (place) => locked(place, () => diagnose(place, log)),
    'upkeep.setAside': ({ stamp, files, ...place }) =>
      locked(place, () => ({ files: setAside(place.folder, place.name, files, stamp) })),
    'restore.run': (input, context) => locked(input, () => restore(input, context, log)),
    'restore.finish': (place) => locked(place, (finished) => ({ finished })),
    'attempts.redate': async (input) => {
      await redateAttempt(session(), input)
      return {}
    },
    'attempts.adopt': async ({ changes }) => {
      await adoptAttempts(session(), changes)
      return {}
    },
  }
}

async function locked<T>(
  place: { folder: string; name: 'orders' | 'practice' },
  work: (finishedMoves: boolean) => T | Promise<T>,
): Promise<T> {
  const lock = await lockFolder(place)
  try {
    return await work(finishMoves(place.folder, place.name))
  } finally {
    lock.release()
  }
}
