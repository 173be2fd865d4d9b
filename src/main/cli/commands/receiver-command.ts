import type { Writable } from 'node:stream'
import { translate } from '#shared/locales/index.ts'
import type { Services } from '../../services.ts'
import type { CommandNamed } from '../command.ts'
import { done, type CommandResult } from '../command-result.ts'

export interface ReceiverIo {
  /** Aborted when the person stops the command. */
  readonly signal: AbortSignal
  readonly stderr: Writable
  /** Prints the command's one line now: whoever started it wants the address while it runs. */
  announce(result: CommandResult): Promise<void>
}

/**
 * Takes pushes until it is stopped. The one line on standard output comes as soon as it listens; what arrived is told
 * on standard error at the end. Orders of pushes that are not here are looked for meanwhile, as the window does.
 */
export async function receive(
  services: Services,
  command: CommandNamed<'receiver'>,
  { signal, stderr, announce }: ReceiverIo,
): Promise<CommandResult> {
  const { locale } = services.settings.get()
  const { id } = services.accounts.byLabel(command.account)
  if (command.network) stderr.write(`${translate(locale, 'native.cli.receiverNetwork')}\n`)
  const { port, address } = await services.receiver.listen(id, { port: command.port, network: command.network })
  const result = done({ port, address, network: command.network })
  await announce(result)
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
  await services.receiver.stop()
  const database = await services.databases.forAccount(id)
  await database.call('pushes.settle', {})
  const { merged, unmatched, several, product, unreadable } = await database.call('pushes.counts', { accountId: id })
  const counts = { merged, unmatched: unmatched + several, product, unreadable }
  stderr.write(`${translate(locale, 'native.cli.receiverEnded', counts)}\n`)
  return result
}
