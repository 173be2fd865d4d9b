import type { PushedOrder } from '#domain/push/read-push.ts'
import type { OrderField } from '#domain/vocabulary.ts'
import type { Connection } from '../connection.ts'
import { selectStored, storedOf, type StoredRow } from '../merge/stored-row.ts'

/** Enough to know that there are several. */
const mostCandidates = 20
/** What tells orders of one number apart, where the push names it. */
const telling: readonly OrderField[] = ['iccid', 'trackingNo', 'producedNumber']

const byOrderNo = `${selectStored} WHERE account = ? AND order_no = ? LIMIT ${mostCandidates}`
const byOwnNo = `${selectStored} WHERE account = ? AND own_no = ? LIMIT ${mostCandidates}`

/**
 * The order a push means, over both types: by its order number, else by its own number. What a relay passed on as its
 * own number may be our order number, so that is looked for last.
 */
export function matchPush(orders: Connection, account: number, push: PushedOrder): StoredRow | 'unmatched' | 'several' {
  const find = (sql: string, number: string | null): StoredRow[] =>
    number === null ? [] : orders.all<StoredRow>(sql, [account, number])
  const found =
    [() => find(byOrderNo, push.orderNo), () => find(byOwnNo, push.ownNo), () => find(byOrderNo, push.ownNo)]
      .map((look) => look())
      .find((rows) => rows.length > 0) ?? []
  const [only, ...others] = found.length > 1 ? narrowed(found, push) : found
  if (only === undefined) return 'unmatched'
  return others.length > 0 ? 'several' : only
}

/** Those that agree with the push on its other number or on what only one order can have; all where that leaves none or more. */
function narrowed(rows: readonly StoredRow[], push: PushedOrder): readonly StoredRow[] {
  const agreeing = rows.filter((row) => {
    const { fields } = storedOf(row)
    if (push.ownNo !== null && push.orderNo !== null && fields.ownNo === push.ownNo) return true
    return telling.some((field) => push.fields[field] !== undefined && push.fields[field] === fields[field])
  })
  return agreeing.length === 1 ? agreeing : rows
}
