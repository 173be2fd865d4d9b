import type { CallContext } from '#shared/rpc/route.ts'
import type { ExportProgress } from '#shared/contract/exports.ts'
import { untilNextTurn } from '../steps.ts'

/** Goes through all orders, lot by lot; cancels, progress and queries have their turn between two. */
export type InLots = <Lot>(part: ExportProgress['part'], read: (ids: Int32Array) => Lot) => AsyncGenerator<Lot>

const ordersPerLot = 1_000

/** `parts`: how often the orders are gone through. */
export function createInLots(
  ids: Int32Array,
  parts: readonly ExportProgress['part'][],
  { signal, progress }: CallContext<ExportProgress>,
): InLots {
  return async function* (part, read) {
    const total = ids.length
    const before = parts.indexOf(part)
    for (let start = 0; start < total; start += ordersPerLot) {
      signal.throwIfAborted()
      const lot = ids.subarray(start, start + ordersPerLot)
      yield read(lot)
      const rows = start + lot.length
      progress({ part, rows, total, share: (before + rows / total) / parts.length })
      await untilNextTurn()
    }
    signal.throwIfAborted()
  }
}
