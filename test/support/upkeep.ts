import { databaseEvents, databaseRoutes } from '#shared/database/contract.ts'
import type { DatabaseRoutes } from '#shared/database/contract.ts'
import { connect } from '#shared/rpc/connect.ts'
import type { InputOf, OutputOf, Request, Response } from '#shared/rpc/route.ts'
import { launchProcess } from '#main/processes/launcher.ts'
import { databaseScript } from './database.ts'

/** A database process with no vault open. */
export async function launchUpkeep() {
  const lines: string[] = []
  const child = await launchProcess<Request, Response>(databaseScript, [], {
    name: 'upkeep',
    log: (line) => lines.push(line),
  })
  return { ...connect(databaseRoutes, databaseEvents, child.port), ...child, lines }
}

/** One call to a database process of its own, which ends with it. */
export async function upkeep<Name extends keyof DatabaseRoutes & string>(
  route: Name,
  input: InputOf<DatabaseRoutes[Name]>,
): Promise<OutputOf<DatabaseRoutes[Name]>> {
  const process = await launchUpkeep()
  try {
    return await process.call(route, input)
  } finally {
    process.kill()
    await process.exited
  }
}

/** What main puts into a backup's header; none of it opens. */
export const testAbout = {
  version: 1 as const,
  madeAt: Date.UTC(2026, 10, 24, 4),
  vault: { recovery: { salt: 'c2FsdA==', sealed: 'c2VhbGVk' }, recoveryCode: 'Y29kZQ==' },
  config: 'Y29uZmln',
}
