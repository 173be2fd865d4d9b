import { AppError } from '#shared/errors.ts'
import type { LaunchedProcess, LaunchOptions } from './launched-process.ts'
import { launchNode } from './node-launcher.ts'
import { launchUtility } from './utility-launcher.ts'

/** What the SQLite addon needs. The Electron that is shipped always has it; only an older runtime has not. */
const napiNeeded = 10

export type ProcessKind = 'utility' | 'node'

/** utilityProcess inside Electron, a Node child in plain Node and on an Electron whose Node-API is too old. */
export function chooseKind(versions: Readonly<Partial<Record<'napi' | 'electron', string>>>): ProcessKind {
  if (versions.electron === undefined) return 'node'
  return Number(versions.napi ?? 0) < napiNeeded ? 'node' : 'utility'
}

/**
 * Starts a script as a child process of its own. Where a Node child is needed inside Electron, `nodeExecutable` must be
 * given: Electron's own executable is no Node. Throws `internal` where it is not.
 */
export async function launchProcess<Out, In>(
  script: string,
  args: readonly string[],
  options: LaunchOptions,
): Promise<LaunchedProcess<Out, In>> {
  if (chooseKind(process.versions) === 'utility') return launchUtility(script, args, options)
  if (process.versions['electron'] !== undefined && options.nodeExecutable === undefined)
    throw new AppError('internal', 'this Electron is too old for the database, and there is no Node beside it')
  return launchNode(script, args, options)
}
