import { stepNumber } from '#domain/funnel.ts'
import type { Figure } from '#shared/contract/order-filter.ts'
import type { Value } from '../connection.ts'

/**
 * Why an order failed or was not settled, as SQL over orders. Upstreams tell the latter in the remark; the reason may
 * still be of an earlier stage then.
 */
export const reasonSql = `substr(coalesce(CASE WHEN stage = 'settlementFailed' AND remark LIKE '%结算%' THEN remark
  ELSE reason END, ''), 1, 1000)`

/** What a figure counts, as a condition over orders. Orders whose step is not found out yet match none. */
export function figureSql(figure: Figure): { sql: string; values: Value[] } {
  if (figure.of === 'reason') return { sql: `${reasonSql} = ?`, values: [figure.reason] }
  return { sql: figure.stopped ? 'reached = ?' : 'reached >= ?', values: [stepNumber(figure.step)] }
}
