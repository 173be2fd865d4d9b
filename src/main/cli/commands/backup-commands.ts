import { resolve } from 'node:path'
import { toBeijing } from '#domain/beijing-time.ts'
import type { Services } from '../../services.ts'
import type { CommandNamed } from '../command.ts'
import { done, type CommandResult } from '../command-result.ts'

/** Everything in one encrypted file, raw replies included. Asks the upstream nothing. */
export async function backUp(
  services: Services,
  command: CommandNamed<'backup'>,
  io: { cwd: string },
): Promise<CommandResult> {
  const file = resolve(io.cwd, command.out)
  const { bytes } = await services.backups.writeTo(file)
  return done({ file, bytes })
}

/**
 * Puts a backup in the place of the present data, which is set aside, and asks again what may have come since. What
 * could not be asked stays open for the next sync.
 */
export async function restore(
  services: Services,
  command: CommandNamed<'restore'>,
  io: { cwd: string },
): Promise<CommandResult> {
  const file = resolve(io.cwd, command.from)
  const { madeAt, setAside } = await services.backups.restore({ file, recoveryCode: null, passphrase: null })
  const real = services.accounts.list().filter(({ practice }) => !practice)
  const states = await Promise.all(real.map(({ id }) => services.sync.state(id)))
  const openRequests = states.reduce((sum, state) => sum + state.openRequests, 0)
  return done({ file, madeAt: toBeijing(madeAt), accounts: real.map(({ label }) => label), setAside, openRequests })
}
