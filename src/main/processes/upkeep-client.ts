import { databaseEvents, databaseRoutes, type DatabaseEvents, type DatabaseRoutes } from '#shared/database/contract.ts'
import { connect } from '#shared/rpc/connect.ts'
import type { CallOptions, Client, InputOf, OutputOf, ProgressOf, Request, Response } from '#shared/rpc/route.ts'
import type { LaunchOptions } from './launched-process.ts'
import { launchProcess } from './launcher.ts'

export interface UpkeepOptions extends Omit<LaunchOptions, 'name'> {
  /** The database process's script. */
  script: string
}

/**
 * Asks a database process of its own that opens no vault, and ends it. An aborted one is ended at once, whatever it is
 * doing; the call throws processGone then.
 */
export type Upkeep = <Name extends keyof DatabaseRoutes & string>(
  route: Name,
  input: InputOf<DatabaseRoutes[Name]>,
  options?: CallOptions<ProgressOf<DatabaseRoutes[Name]>>,
) => Promise<OutputOf<DatabaseRoutes[Name]>>

export function upkeepBy({ script, ...launch }: UpkeepOptions): Upkeep {
  return async (route, input, options) => {
    const child = await launchProcess<Request, Response>(script, [], { ...launch, name: 'haoka-desk-upkeep' })
    const client: Client<DatabaseRoutes, DatabaseEvents> = connect(databaseRoutes, databaseEvents, child.port)
    options?.signal?.addEventListener('abort', () => child.kill(), { once: true })
    try {
      return await client.call(route, input, options)
    } finally {
      child.kill()
      await child.exited
    }
  }
}
