import { mappingLimits, type MappingView } from '#shared/contract/mapping.ts'
import type { InputOf } from '#shared/rpc/route.ts'
import type { DatabaseRoutes } from '#shared/database/contract.ts'
import { parseJson, type Json } from '#domain/json.ts'
import { inspect, type Inspection } from '#domain/mapper/inspect.ts'
import { mapReply } from '#domain/mapper/map-reply.ts'
import { readingOf, type Reading } from '#domain/mapper/rules.ts'
import type { MappedReply } from '#domain/mapper/types.ts'
import { codeProfiles, mappedColumns, type CodeProfile } from '#domain/vocabulary.ts'
import type { Connection } from '../connection.ts'
import { findAccount, typeNumber, type Session } from '../session.ts'
import { latestReplies, type LatestReply } from './latest-replies.ts'
import { createMasker, type Masker } from './mask-preview.ts'
import { checkRules, readRules } from './rules-table.ts'

/** Stored originals looked at where every raw reply has expired. */
const mostOriginals = 300
const mostPaths = mappingLimits.paths
const mostStatuses = 300
const mostPlaces = 50

/** What is looked at: the elements, and each reply's mapping as a merge would make it. */
interface Looked {
  source: MappingView['source']
  replies: readonly LatestReply[]
  elements: readonly Json[]
  listPath: string | null
  mapped: readonly MappedReply[]
}

/** Reads the latest raw replies again by the given rules (null: the saved ones). Writes nothing. Throws mappingInvalid. */
export async function viewMapping(
  session: Session,
  input: InputOf<DatabaseRoutes['mapping.view']>,
): Promise<MappingView> {
  const { orders } = session
  const account = findAccount(orders, input.accountId)
  const type = typeNumber(input.type)
  const rules = input.rules ?? readRules(orders, account, type)
  checkRules(rules)
  const reading = readingOf(rules)
  const before = account === null ? undefined : profileOf(orders, account)
  const looked = account === null ? nothing : await look(session, account, type, reading, before)
  const found = inspect(looked.elements, reading, before)
  const mask = createMasker(looked.elements)
  return {
    source: looked.source,
    replies: looked.source === 'replies' ? looked.replies.length : 0,
    elements: looked.elements.length,
    seenAt: looked.replies[0]?.seenAt ?? null,
    listPath: looked.listPath,
    places: placesOf(looked.replies),
    profile: found.plan.profile,
    columns: columnsOf(found, reading),
    paths: pathsOf(found, mask),
    unused: found.plan.unused.slice(0, mostPaths),
    statuses: found.statuses.slice(0, mostStatuses),
    unreadTimes: found.unreadTimes.map((text) => mask.text(text)),
    rows: rowsOf(looked.mapped, mask),
    orders: looked.mapped.reduce((sum, one) => sum + one.orders.length, 0),
    unreadable: looked.mapped.reduce((sum, one) => sum + one.unreadable.length, 0),
  }
}

const nothing: Looked = { source: 'none', replies: [], elements: [], listPath: null, mapped: [] }

async function look(
  session: Session,
  account: number,
  type: number,
  reading: Reading,
  before: CodeProfile | undefined,
): Promise<Looked> {
  const replies = await latestReplies(session, account, type, reading.rules.listPath)
  const first = replies.find(({ list }) => list !== null && list.elements.length > 0)
  if (first === undefined && replies.length === 0)
    return lookAtOriginals(session.orders, account, type, reading, before)
  const listPath = first?.list?.path.join('.') ?? null
  const alike = replies.filter(({ list }) => list?.path.join('.') === listPath)
  return {
    source: 'replies',
    replies,
    elements: alike.flatMap(({ list }) => list?.elements ?? []),
    listPath,
    mapped: replies.map(({ root }) => mapReply(root, before, reading)),
  }
}

/** Stored originals are elements without what stood around them. */
function lookAtOriginals(
  orders: Connection,
  account: number,
  type: number,
  reading: Reading,
  before: CodeProfile | undefined,
): Looked {
  const texts = orders.column<string>(
    `SELECT r.json FROM orders o JOIN order_originals r ON r.order_id = o.id WHERE o.account = ? AND o.type = ?
     ORDER BY o.changed_at DESC LIMIT ${mostOriginals}`,
    [account, type],
  )
  const elements = texts.map(parseJson).filter((element) => element !== undefined)
  if (elements.length === 0) return nothing
  const listless: Reading = { ...reading, rules: { ...reading.rules, listPath: null } }
  return { ...nothing, source: 'originals', elements, mapped: [mapReply(elements, before, listless)] }
}

function placesOf(replies: readonly LatestReply[]): MappingView['places'] {
  const places = new Map<string, MappingView['places'][number]>()
  for (const { list, places: of } of replies) {
    const found = list === null ? [] : [{ path: list.path.join('.'), elements: list.elements.length, orders: true }]
    for (const place of [...found, ...of]) {
      const known = places.get(place.path)
      if (known === undefined) places.set(place.path, { ...place })
      else known.elements = Math.max(known.elements, place.elements)
    }
  }
  return [...places.values()].slice(0, mostPlaces)
}

function columnsOf({ plan }: Inspection, { rules }: Reading): MappingView['columns'] {
  return mappedColumns.map((column) => ({
    column,
    sources: plan.fields.filter((one) => one.column === column).map(({ path, confidence }) => ({ path, confidence })),
    byRule: rules.fields[column] !== undefined,
  }))
}

const samplesShown = 3

function pathsOf({ paths }: Inspection, mask: Masker): MappingView['paths'] {
  return paths.slice(0, mostPaths).map((stats) => ({
    path: stats.path.join('.'),
    samples: [...new Set(stats.samples)].slice(0, samplesShown).map((text) => mask.sample(stats, text)),
    filled: stats.filled,
  }))
}

function rowsOf(mapped: readonly MappedReply[], mask: Masker): MappingView['rows'] {
  return mapped
    .flatMap(({ orders }) => orders.slice(0, mappingLimits.rows))
    .slice(0, mappingLimits.rows)
    .map((order) => mask.row(order))
}

export function profileOf(orders: Connection, account: number): CodeProfile | undefined {
  const row = orders.get<{ profile: string | null }>('SELECT profile FROM accounts WHERE id = ?', [account])
  return codeProfiles.find((known) => known === row?.profile)
}
