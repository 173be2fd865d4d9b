import type { TruthOrder } from '#practice/gateway.ts'
import type { OrderRow } from '#shared/contract/orders.ts'
import { compare, type Findings } from './compare.ts'
import type { Desk } from './desk.ts'
import type { Witness } from './witness.ts'

/**
 * Compares a desk with the truth, round after round. States are compared every time. A history that was found right is
 * looked at again once its order has changed, here or upstream, and whenever everything is.
 */
export class Auditor {
  readonly #witness: Pick<Witness, 'codes'>
  /** By row: what it and the truth were when its history was found right. */
  readonly #foundRight = new Map<number, string>()

  constructor(witness: Pick<Witness, 'codes'>) {
    this.#witness = witness
  }

  /** `everything`: every history too. */
  async audit(desk: Desk, truth: readonly TruthOrder[], everything: boolean): Promise<Findings> {
    const { rows } = await desk.call('rows', {})
    const versions = new Map(truth.map(({ orderNo, version }) => [orderNo, version]))
    const stamp = (row: OrderRow): string => `${versions.get(row.orderNo)} ${JSON.stringify(row)}`
    const due = everything ? rows : rows.filter((row) => this.#foundRight.get(row.id) !== stamp(row))
    const { orders: details } = await desk.call('details', { ids: due.map(({ id }) => id) })
    const findings = compare(truth, { rows, details }, this.#witness)
    const isRight = Object.values(findings).every((found: string[]) => found.length === 0)
    if (isRight) for (const row of due) this.#foundRight.set(row.id, stamp(row))
    return findings
  }
}
