import { addEvidence, elementEvidence, noEvidence, type RangeEvidence } from '#domain/range-meaning.ts'
import type { Range } from '#domain/ranges.ts'
import type { MappedOrder } from '#domain/mapper/types.ts'
import type { Connection } from '../connection.ts'

interface EvidenceRow {
  created_only: number
  updated_only: number
  created_inside: number
  created_outside: number
}

/** Adds what the orders of one ranged reply show of the meaning of start and end. */
export function noteEvidenceTx(
  orders: Connection,
  account: number,
  window: Range,
  mapped: readonly MappedOrder[],
): void {
  const seen = mapped.reduce((sum, { fields }) => addEvidence(sum, elementEvidence(window, fields)), noEvidence)
  if (Object.values(seen).every((count) => count === 0)) return
  const sum = addEvidence(readEvidence(orders, account), seen)
  orders.run('INSERT OR REPLACE INTO range_evidence VALUES (?, ?, ?, ?, ?)', [
    account,
    sum.createdOnly,
    sum.updatedOnly,
    sum.createdInside,
    sum.createdOutside,
  ])
}

export function readEvidence(orders: Connection, account: number | null): RangeEvidence {
  const row = orders.get<EvidenceRow>('SELECT * FROM range_evidence WHERE account = ?', [account])
  if (row === undefined) return noEvidence
  return {
    createdOnly: row.created_only,
    updatedOnly: row.updated_only,
    createdInside: row.created_inside,
    createdOutside: row.created_outside,
  }
}
