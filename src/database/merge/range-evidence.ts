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

/** What the orders of one reply show of the meaning of start and end; nothing where it asked no range. */
export class RangeEvidenceOf {
  readonly #window: Range | null
  #seen = noEvidence

  constructor(window: Range | null) {
    this.#window = window
  }

  add({ fields }: MappedOrder): void {
    if (this.#window !== null) this.#seen = addEvidence(this.#seen, elementEvidence(this.#window, fields))
  }

  /** Adds it to what is known of the account. */
  noteTx(orders: Connection, account: number): void {
    if (Object.values(this.#seen).every((count) => count === 0)) return
    const sum = addEvidence(readEvidence(orders, account), this.#seen)
    orders.run('INSERT OR REPLACE INTO range_evidence VALUES (?, ?, ?, ?, ?)', [
      account,
      sum.createdOnly,
      sum.updatedOnly,
      sum.createdInside,
      sum.createdOutside,
    ])
  }
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
