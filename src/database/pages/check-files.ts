import type { DatabaseRoutes } from '#shared/database/contract.ts'
import type { Health } from '#shared/database/upkeep.ts'
import type { CallContext, ProgressOf } from '#shared/rpc/route.ts'
import { readPages } from './read-pages.ts'
import type { StandingFile, StandingFiles } from './standing-file.ts'

type Context = CallContext<ProgressOf<DatabaseRoutes['upkeep.check']>>

/** Verifies every page of the open files while they are in use. */
export async function checkFiles(sources: StandingFiles, context: Context): Promise<Health> {
  return {
    orders: await checkFile(sources.orders, sources.key, context),
    replies: await checkFile(sources.replies, sources.key, context),
  }
}

function checkFile(file: StandingFile, key: string, { progress, signal }: Context): Promise<Health['orders']> {
  return file.held(async ({ fd, bytes }) => {
    const { damaged } = await readPages({
      fd,
      bytes,
      key,
      check: () => {
        file.check()
        signal.throwIfAborted()
      },
      progress: (done) => progress({ done, total: bytes }),
    })
    return damaged ? 'damaged' : 'good'
  })
}
