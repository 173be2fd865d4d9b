import { resolve } from 'node:path'
import { stages, type Stage } from '#domain/vocabulary.ts'
import { allOrders, type OrderFilter } from '#shared/contract/order-filter.ts'
import { locales } from '#shared/locales/index.ts'
import type { DatabaseClient } from '../../account-databases.ts'
import { historyFileName } from '../../exports/export-file-name.ts'
import { exportWords } from '../../exports/export-words.ts'
import type { Services } from '../../services.ts'
import type { CommandNamed } from '../command.ts'
import { done, type CommandResult } from '../command-result.ts'

/** Writes what the options choose; without them unmasked CSV in the columns of the settings. Asks the upstream nothing. */
export async function exportOrders(
  services: Services,
  command: CommandNamed<'export'>,
  io: { cwd: string; signal: AbortSignal },
): Promise<CommandResult> {
  const account = services.accounts.byLabel(command.account)
  const settings = services.settings.get()
  const database = await services.databases.forAccount(account.id)
  const filter = await withStatus(database, command.status, {
    ...allOrders(account.id),
    type: command.type,
    from: command.from,
    to: command.to,
  })
  const file = resolve(io.cwd, command.out)
  const locale = services.settings.exportLocale()
  const { format, encoding, delimiter, masked, history } = command
  const historyFile = history && format === 'csv' ? historyFileName(locale, file) : null
  const result = await database.call(
    'exports.write',
    {
      filter,
      sort: { column: 'createdAt', descending: true },
      format,
      encoding,
      delimiter,
      masked,
      history,
      columns: [...(command.columns ?? settings.exportColumns)],
      plain: settings.exportPlain,
      words: exportWords(locale),
      accountLabel: account.label,
      file,
      historyFile,
    },
    { signal: io.signal },
  )
  return done({
    rows: result.rows,
    file,
    ...(history && { changes: result.changes }),
    ...(historyFile !== null && { historyFile }),
    ...(encoding === 'gbk' && { outsideGbk: result.outsideGbk }),
    ...(format === 'xlsx' && { shortened: result.shortened }),
  })
}

/**
 * A stage by its id; otherwise the upstream's own word or code; and where no order of the account ever carried that
 * word, a stage by its word in either language. The upstream's own comes first, because an order can say 已发货 for
 * ever while its stage has long moved on.
 */
async function withStatus(database: DatabaseClient, status: string | null, filter: OrderFilter): Promise<OrderFilter> {
  if (status === null) return filter
  const byId = stages.find((stage) => stage === status)
  if (byId !== undefined) return { ...filter, stages: [byId] }
  const byWord = stageOfWord(status)
  if (byWord === null) return { ...filter, status }
  const everywhere = { ...filter, type: null, from: null, to: null, status }
  const { total } = await database.call('orders.counts', everywhere)
  return total > 0 ? { ...filter, status } : { ...filter, stages: [byWord] }
}

function stageOfWord(word: string): Stage | null {
  const folded = word.trim().toLowerCase()
  const words = Object.values(locales).map((messages) => messages.columns.stages)
  return stages.find((stage) => words.some((language) => language[stage].toLowerCase() === folded)) ?? null
}
