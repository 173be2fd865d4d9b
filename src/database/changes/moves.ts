import { axes, type Axis } from '#domain/vocabulary.ts'
import { changesLimits, type Transition } from '#shared/contract/changes.ts'
import type { Connection } from '../connection.ts'
import { findAccount, typeNumber, type Session } from '../session.ts'
import type { OrderType } from '#domain/vocabulary.ts'

export const fromSql = 'coalesce(from_word, from_code)'
export const toSql = 'coalesce(to_word, to_code)'

/** One line of the index changes_by_move: all changes of one type from one value of an axis to another. */
export interface Move {
  type: number
  axis: Axis
  from: string | null
  to: string | null
}

interface Place {
  from: string | null
  to: string | null
}

const nextTo = `SELECT ${toSql} AS "to", ${fromSql} AS "from" FROM status_changes INDEXED BY changes_by_move
  WHERE account = ? AND axis = ? AND type = ? AND had_before = 1`
const firstOf = `ORDER BY ${toSql}, ${fromSql} LIMIT 1`
/** Of one `to`: named again in the order, SQLite would sort what the index already holds sorted. */
const firstFrom = `ORDER BY ${fromSql} LIMIT 1`

/** Every move there is of an axis and type: each is one step down the index, however many changes there are. */
function movesOf(orders: Connection, account: number, axis: Axis, type: number): Move[] {
  const of = [account, axis, type]
  const moves: Move[] = []
  let found = orders.get<Place>(`${nextTo} ${firstOf}`, of)
  while (found !== undefined && moves.length < changesLimits.transitions) {
    moves.push({ type, axis, ...found })
    found = after(orders, of, found)
  }
  return moves
}

/** NULL sorts first and compares with nothing, so it is asked for by itself. */
function after(orders: Connection, of: (string | number)[], { from, to }: Place): Place | undefined {
  const sameTo = to === null ? `${toSql} IS NULL` : `${toSql} = ?`
  const laterFrom = from === null ? `${fromSql} IS NOT NULL` : `${fromSql} > ?`
  const values = [to, from].filter((value) => value !== null)
  const within = orders.get<Place>(`${nextTo} AND ${sameTo} AND ${laterFrom} ${firstFrom}`, [...of, ...values])
  if (within !== undefined) return within
  const laterTo = to === null ? `${toSql} IS NOT NULL` : `${toSql} > ?`
  return orders.get<Place>(`${nextTo} AND ${laterTo} ${firstOf}`, to === null ? of : [...of, to])
}

export interface MovesWanted {
  type: OrderType | null
  axis: Axis | null
  from: string | null
  to: string | null
}

export function readMoves(orders: Connection, account: number, wanted: MovesWanted): Move[] {
  const types = wanted.type === null ? [1, 2] : [typeNumber(wanted.type)]
  return axes
    .filter((axis) => wanted.axis === null || wanted.axis === axis)
    .flatMap((axis) => types.flatMap((type) => movesOf(orders, account, axis, type)))
    .filter(({ from, to }) => (wanted.from ?? from) === from && (wanted.to ?? to) === to)
}

const longest = 200

/** The moves in use, for the merchant to choose from. */
export function readTransitions({ orders }: Session, accountId: string): Transition[] {
  const account = findAccount(orders, accountId)
  if (account === null) return []
  const found = new Map<string, Transition>()
  for (const { axis, from, to } of readMoves(orders, account, { type: null, axis: null, from: null, to: null }))
    if ((from?.length ?? 0) <= longest && (to?.length ?? 0) <= longest)
      found.set(JSON.stringify([axis, from, to]), { axis, from, to })
  return [...found.values()].slice(0, changesLimits.transitions)
}
