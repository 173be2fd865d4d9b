import { endingStages } from '#domain/finality.ts'
import type { Stage } from '#domain/vocabulary.ts'
import type { Todo } from '#shared/contract/todo-rules.ts'
import type { Connection } from '../connection.ts'
import type { AccountOrders } from './account-orders.ts'
import { idsOf, kinds } from './order-kinds.ts'
import { firstWhere, type Pause } from './sorted-ids.ts'
import { quietBefore } from './todo-sql.ts'

/**
 * Rules about nothing but stages, and when an order changed last, are answered from what is kept in memory: many orders
 * meet them. Each list is one demand; null: the rule is about something else.
 */
export async function todoInMemory(
  orders: Connection,
  memory: AccountOrders,
  { view, today }: Todo,
  pause: Pause,
): Promise<Int32Array[] | null> {
  switch (view.rule) {
    case 'needsMerchant':
    case 'failed':
    case 'settlementFailed':
      return [ofStage(memory, (stage) => stage === view.rule)]
    case 'quiet': {
      const ending: readonly Stage[] = endingStages
      const { ids } = await memory.sorted('changedAt', pause)
      const before = quietBefore(view, today)
      const changedAt = (id: number): number =>
        orders.get<{ at: number }>('SELECT changed_at AS at FROM orders WHERE id = ?', [id])?.at ?? 0
      const cut = firstWhere(ids, (id) => changedAt(id) >= before)
      return [ofStage(memory, (stage) => !ending.includes(stage)), ids.subarray(0, cut)]
    }
    default:
      return null
  }
}

function ofStage(memory: AccountOrders, isWanted: (stage: Stage) => boolean): Int32Array {
  const wanted = [false, ...kinds.map(({ stage }) => isWanted(stage))]
  return idsOf(memory.kinds, (kind) => wanted[kind] === true)
}
