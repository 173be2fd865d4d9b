import { resolve } from 'node:path'
import { readFile } from 'node:fs/promises'
import { toBeijing } from '#domain/beijing-time.ts'
import type { OrderType } from '#domain/vocabulary.ts'
import type { MappingView } from '#shared/contract/mapping.ts'
import { AppError } from '#shared/errors.ts'
import { mappingFileBytes, readRulesOrFile } from '../../mapping/mapping-file.ts'
import type { Services } from '../../services.ts'
import type { CommandNamed } from '../command.ts'
import { done, type CommandResult } from '../command-result.ts'
import { exitCodes } from '../exit-code.ts'
import { usageError } from '../usage-error.ts'

/** What was recognised in the last replies, personal data masked, and what the merchant decided. */
export async function showMapping(services: Services, command: CommandNamed<'mapping show'>): Promise<CommandResult> {
  const account = services.accounts.byLabel(command.account)
  const database = await services.databases.forAccount(account.id)
  const mappings = []
  for (const type of typesOf(command.type, account.types)) {
    const of = { accountId: account.id, type }
    const saved = await database.call('mapping.get', of)
    const view = await database.call('mapping.view', { ...of, rules: null })
    const { total } = await database.call('mapping.unreadable', { ...of, start: 0, count: 1, reveal: false })
    mappings.push({ type, ...saved, found: printedView(view), unreadable: total })
  }
  return done({ mappings })
}

/** Saves a mapping file, or rules alone, from standard input or a file. Throws mappingInvalid. */
export async function setMapping(
  services: Services,
  command: CommandNamed<'mapping set'>,
  io: { stdin: AsyncIterable<Uint8Array | string>; cwd: string },
): Promise<CommandResult> {
  const rules = readRulesOrFile(await inputOf(command.json, io))
  const account = services.accounts.byLabel(command.account)
  const database = await services.databases.forAccount(account.id)
  const mappings = []
  for (const type of typesOf(command.type, account.types)) {
    const saved = await database.call('mapping.save', { accountId: account.id, type, rules })
    mappings.push({ type, ...saved })
  }
  return done({ mappings })
}

/** Rebuilds orders and history by the saved mapping. Exit 6 where items stay unreadable. */
export async function rerunMapping(
  services: Services,
  command: CommandNamed<'mapping rerun'>,
  signal: AbortSignal,
): Promise<CommandResult> {
  const account = services.accounts.byLabel(command.account)
  const database = await services.databases.forAccount(account.id)
  const reruns = []
  for (const type of typesOf(command.type, account.types)) {
    const result = await database.call('mapping.rerun', { accountId: account.id, type }, { signal })
    reruns.push({ type, ...result })
  }
  const { line } = done({ reruns })
  const someUnreadable = reruns.some(({ unreadable }) => unreadable > 0)
  return { line, exitCode: someUnreadable ? exitCodes.someUnreadable : exitCodes.ok }
}

function typesOf(asked: OrderType | null, used: readonly OrderType[]): readonly OrderType[] {
  return asked === null ? used : [asked]
}

function printedView({ seenAt, ...view }: MappingView) {
  const used = view.columns.filter(({ sources, byRule }) => sources.length > 0 || byRule)
  return { ...view, columns: used, seenAt: seenAt === null ? null : toBeijing(seenAt) }
}

/** `-` is standard input. */
async function inputOf(from: string, io: { stdin: AsyncIterable<Uint8Array | string>; cwd: string }): Promise<string> {
  if (from !== '-')
    return readFile(resolve(io.cwd, from), 'utf8').catch(() => {
      throw usageError('noFile', from)
    })
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of io.stdin) {
    const buffer = Buffer.from(piece)
    bytes += buffer.byteLength
    if (bytes > mappingFileBytes)
      throw new AppError('mappingInvalid', 'too large', { data: { problem: 'mappingTooLarge', at: '' } })
    pieces.push(buffer)
  }
  return Buffer.concat(pieces).toString('utf8')
}
