import { mappingRulesSchema, type SavedMapping } from '#shared/contract/mapping.ts'
import { AppError } from '#shared/errors.ts'
import { faultOf, noRules, plainReading, readingOf, type MappingRules, type Reading } from '#domain/mapper/rules.ts'
import type { OrderType } from '#domain/vocabulary.ts'
import type { Connection } from '../connection.ts'
import { ensureAccountTx, findAccount, typeNumber, type Session } from '../session.ts'

interface Row {
  rules: string
  applied: string | null
}

const selectRow = 'SELECT rules, applied FROM mappings WHERE account = ? AND type = ?'

/** What the merchant decided for an account's replies of one type; nothing by default. */
export function readRules(orders: Connection, account: number | null, type: number): MappingRules {
  return parsed(orders.get<Row>(selectRow, [account, type])?.rules)
}

/** The rules by which the stored orders were last rebuilt. */
export function readApplied(orders: Connection, account: number, type: number): MappingRules {
  return parsed(orders.get<Row>(selectRow, [account, type])?.applied)
}

/** Ready for reading replies. */
export function readReading(orders: Connection, account: number, type: number): Reading {
  const rules = readRules(orders, account, type)
  return isNone(rules) ? plainReading : readingOf(rules)
}

export function readSaved(session: Session, accountId: string, type: OrderType): SavedMapping {
  const account = findAccount(session.orders, accountId)
  const row = session.orders.get<Row>(selectRow, [account, typeNumber(type)])
  const rules = parsed(row?.rules)
  return { rules: toContract(rules), rerunDue: !isSame(rules, parsed(row?.applied)) }
}

/** Throws mappingInvalid. */
export async function saveRules(
  session: Session,
  accountId: string,
  type: OrderType,
  rules: MappingRules,
): Promise<SavedMapping> {
  checkRules(rules)
  const { orders, clock } = session
  await orders.write(() =>
    orders.run(
      `INSERT INTO mappings (account, type, rules, saved_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (account, type) DO UPDATE SET rules = excluded.rules, saved_at = excluded.saved_at`,
      [ensureAccountTx(orders, accountId), typeNumber(type), JSON.stringify(rules), clock.now()],
    ),
  )
  return readSaved(session, accountId, type)
}

/** Within a write: orders were rebuilt by these rules. */
export function markAppliedTx(
  orders: Connection,
  account: number,
  type: number,
  rules: MappingRules,
  at: number,
): void {
  orders.run(
    `INSERT INTO mappings (account, type, rules, saved_at, applied) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (account, type) DO UPDATE SET applied = excluded.applied`,
    [account, type, JSON.stringify(rules), at, JSON.stringify(rules)],
  )
}

/** Rules of the right shape that make no sense all the same. */
export function checkRules(rules: MappingRules): void {
  const fault = faultOf(rules)
  if (fault !== null) throw new AppError('mappingInvalid', `${fault.at}: ${fault.problem}`, { data: { ...fault } })
}

export function isSame(one: MappingRules, other: MappingRules): boolean {
  return canonical(one) === canonical(other)
}

function isNone(rules: MappingRules): boolean {
  return isSame(rules, noRules)
}

/** Without regard to the order in which columns were decided. */
function canonical({ fields, zone = null, ...others }: MappingRules): string {
  const rest = { ...others, zone }
  const columns = Object.entries(fields).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return JSON.stringify([columns, Object.entries(rest).toSorted(([one], [other]) => (one < other ? -1 : 1))])
}

function parsed(text: string | null | undefined): MappingRules {
  return text === null || text === undefined ? noRules : mappingRulesSchema.parse(JSON.parse(text))
}

function toContract(rules: MappingRules): SavedMapping['rules'] {
  return mappingRulesSchema.parse(rules)
}
