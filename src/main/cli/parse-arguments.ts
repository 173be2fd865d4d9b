import { parseArgs, type ParseArgsConfig } from 'node:util'
import { isBeijing } from '#domain/beijing-time.ts'
import { channels, orderColumns, orderTypes, type OrderColumn, type OrderType } from '#domain/vocabulary.ts'
import type { Range } from '#shared/contract/common.ts'
import { csvDelimiters, csvEncodings, exportFormats } from '#shared/contract/exports.ts'
import { locales } from '#shared/locales/index.ts'
import type { Command, CommandNamed } from './command.ts'
import { usageError } from './usage-error.ts'

type Values = Readonly<Record<string, string | boolean | undefined>>

interface Grammar {
  /** Options that take a value. */
  readonly valued: readonly string[]
  readonly flags?: readonly string[]
  read(values: Values): Command
}

const grammars: Readonly<Record<string, Grammar>> = {
  help: { valued: [], read: () => ({ name: 'help' }) },
  'account list': { valued: [], read: () => ({ name: 'account list' }) },
  'account add': {
    valued: ['json'],
    read: (values) => {
      if (required(values, 'json') !== '-') throw usageError('notAllowed', '--json')
      return { name: 'account add' }
    },
  },
  'account remove': {
    valued: ['account'],
    flags: ['with-data'],
    read: (values) => ({
      name: 'account remove',
      account: required(values, 'account'),
      withData: values['with-data'] === true,
    }),
  },
  sync: {
    valued: ['account', 'type', 'channel', 'from', 'to'],
    read: (values) => ({
      name: 'sync',
      account: required(values, 'account'),
      type: orderType(values),
      channel: oneOf(values, 'channel', channels) ?? 'sync',
      range: range(values),
    }),
  },
  export: {
    valued: ['account', 'out', 'type', 'status', 'from', 'to', 'format', 'encoding', 'delimiter', 'columns'],
    flags: ['masked', 'history'],
    read: (values) => ({
      name: 'export',
      account: required(values, 'account'),
      out: required(values, 'out'),
      type: orderType(values),
      status: optional(values, 'status'),
      ...bounds(values),
      ...fileStyle(values),
      masked: values['masked'] === true,
      history: values['history'] === true,
      columns: columns(values),
    }),
  },
  history: {
    valued: ['account', 'order'],
    read: (values) => ({
      name: 'history',
      account: required(values, 'account'),
      orderNo: required(values, 'order'),
    }),
  },
  backup: { valued: ['out'], read: (values) => ({ name: 'backup', out: required(values, 'out') }) },
  restore: { valued: ['from'], read: (values) => ({ name: 'restore', from: required(values, 'from', 4_096) }) },
  quota: { valued: ['account'], read: (values) => ({ name: 'quota', account: required(values, 'account') }) },
  'follow-up': {
    valued: ['account'],
    flags: ['plan'],
    read: (values) => ({ name: 'follow-up', account: required(values, 'account'), plan: values['plan'] === true }),
  },
  reconcile: { valued: ['account'], read: (values) => ({ name: 'reconcile', account: required(values, 'account') }) },
  receiver: {
    valued: ['account', 'port'],
    flags: ['network'],
    read: (values) => ({
      name: 'receiver',
      account: required(values, 'account'),
      port: port(values),
      network: values['network'] === true,
    }),
  },
  'mapping show': {
    valued: ['account', 'type'],
    read: (values) => ({ name: 'mapping show', account: required(values, 'account'), type: orderType(values) }),
  },
  'mapping set': {
    valued: ['account', 'type', 'json'],
    read: (values) => ({
      name: 'mapping set',
      account: required(values, 'account'),
      type: orderType(values),
      json: required(values, 'json'),
    }),
  },
  'mapping rerun': {
    valued: ['account', 'type'],
    read: (values) => ({ name: 'mapping rerun', account: required(values, 'account'), type: orderType(values) }),
  },
}

/** Reads a command's words (`--data-dir` and Chromium's switches are gone already). Throws usage. */
export function parseArguments(words: readonly string[]): Command {
  if (words.includes('--help') || words.includes('-h')) return { name: 'help' }
  const [first = '', second = ''] = words
  const isPair = first === 'account' || first === 'mapping'
  const name = isPair ? `${first} ${second}`.trim() : first
  const grammar = Object.hasOwn(grammars, name) ? grammars[name] : undefined
  if (grammar === undefined) throw usageError('unknownCommand', name)
  return grammar.read(readOptions(grammar, words.slice(isPair ? 2 : 1)))
}

function readOptions(grammar: Grammar, given: readonly string[]): Values {
  const options: NonNullable<ParseArgsConfig['options']> = {}
  for (const name of grammar.valued) options[name] = { type: 'string' }
  for (const name of grammar.flags ?? []) options[name] = { type: 'boolean' }
  const { tokens } = parseArgs({ args: [...given], options, strict: false, tokens: true, allowPositionals: true })
  const values: Record<string, string | boolean> = {}
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue
    if (token.kind === 'positional') throw usageError('unknownOption', token.value)
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined
    if (option === undefined) throw usageError('unknownOption', token.rawName)
    if (option.type === 'boolean' && token.value !== undefined) throw usageError('notAllowed', token.rawName)
    if (option.type === 'string' && !hasValue(token)) throw usageError('noValue', token.rawName)
    if (Object.hasOwn(values, token.name)) throw usageError('notAllowed', `${token.rawName} (2×)`)
    values[token.name] = token.value ?? true
  }
  return values
}

/** `--account --type own` forgot a value; one that does begin with dashes is written `--account=--odd`. */
function hasValue(token: { value?: string | undefined; inlineValue?: boolean | undefined }): boolean {
  return token.value !== undefined && (token.inlineValue === true || !token.value.startsWith('--'))
}

function optional(values: Values, name: string, mostLetters: number = name === 'out' ? 4_096 : 200): string | null {
  const value = values[name]
  if (typeof value !== 'string') return null
  if (value.trim() === '') throw usageError('noValue', `--${name}`)
  if (value.length > mostLetters) throw usageError('tooLong', `--${name}`)
  return value
}

function required(values: Values, name: string, mostLetters?: number): string {
  const value = optional(values, name, mostLetters)
  if (value === null) throw usageError('missing', `--${name}`)
  return value
}

function oneOf<T extends string>(values: Values, name: string, allowed: readonly T[]): T | null {
  const value = optional(values, name)
  const found = allowed.find((word) => word === value)
  if (value !== null && found === undefined) throw usageError('notAllowed', `--${name} ${value}`)
  return found ?? null
}

function port(values: Values): number {
  const text = required(values, 'port')
  const number = /^\d{1,5}$/.test(text) ? Number(text) : Infinity
  if (number > 65_535) throw usageError('notAllowed', `--port ${text}`)
  return number
}

/** null: all. */
function orderType(values: Values): OrderType | null {
  const type = oneOf(values, 'type', [...orderTypes, 'all'])
  return type === 'all' ? null : type
}

function bounds(values: Values): { from: string | null; to: string | null } {
  const from = time(values, 'from')
  const to = time(values, 'to')
  if (from !== null && to !== null && from > to) throw usageError('badRange', '--from --to')
  return { from, to }
}

/** Without `--format` the ending of `--out` decides; encoding and delimiter are CSV's. */
function fileStyle(values: Values): Pick<CommandNamed<'export'>, 'format' | 'encoding' | 'delimiter'> {
  const format = oneOf(values, 'format', exportFormats) ?? (/\.xlsx$/i.test(String(values['out'])) ? 'xlsx' : 'csv')
  const encoding = oneOf(values, 'encoding', csvEncodings)
  const delimiter = oneOf(values, 'delimiter', csvDelimiters)
  const misplaced = encoding !== null ? '--encoding' : delimiter !== null ? '--delimiter' : null
  if (format === 'xlsx' && misplaced !== null) throw usageError('notAllowed', `${misplaced} (xlsx)`)
  return { format, encoding: encoding ?? 'utf8', delimiter: delimiter ?? 'comma' }
}

const mostColumnLetters = 2_000

/** Names or headings (in either language), separated by commas. */
function columns(values: Values): OrderColumn[] | null {
  const text = optional(values, 'columns', mostColumnLetters)
  if (text === null) return null
  const found = text.split(/[,，]/).map((word) => columnOf(word.trim()))
  if (new Set(found).size < found.length) throw usageError('notAllowed', '--columns (2×)')
  return found
}

function columnOf(word: string): OrderColumn {
  const headings = Object.values(locales).map((messages) => messages.columns.columns)
  const found = orderColumns.find((column) => column === word || headings.some((heading) => heading[column] === word))
  if (found === undefined) throw usageError('notAllowed', `--columns ${word}`)
  return found
}

/** A sync asks a whole range or none. */
function range(values: Values): Range | null {
  const { from, to } = bounds(values)
  if (from === null && to === null) return null
  if (from === null || to === null) throw usageError('missing', from === null ? '--from' : '--to')
  return { from, to }
}

function time(values: Values, name: string): string | null {
  const value = optional(values, name)
  if (value !== null && !isBeijing(value)) throw usageError('badTime', `--${name} ${value}`)
  return value
}
