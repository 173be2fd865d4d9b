import { axes, type Axis } from '#domain/vocabulary.ts'

/** Where an axis's code stands in a reply in 敢探号 names: read here by hand, so that the app's mapper has no say. */
const codeField: Record<Axis, string> = {
  production: 'status',
  activation: 'is_activated',
  recharge: 'is_recharged',
  settlement: 'is_settled',
  refund: 'refund_status',
}

/**
 * Remembers what each durable reply said of each axis, in the order in which the replies became durable. One that was
 * being made durable when a process was killed is heard where the database is found to hold it.
 */
export class Witness {
  readonly #codes = new Map<string, Record<Axis, string[]>>()
  readonly #finishing = new Map<number, string>()

  /** The database is about to be asked. */
  finishing(replyId: number, text: string): void {
    this.#finishing.set(replyId, text)
  }

  /** The database has said so. */
  durable(replyId: number): void {
    this.hear(this.#finishing.get(replyId) ?? '')
    this.#finishing.delete(replyId)
  }

  /** What a start found whole and not merged; all else that was being made durable never was. */
  found(replyIds: readonly number[]): void {
    for (const replyId of replyIds) if (this.#finishing.has(replyId)) this.durable(replyId)
    this.#finishing.clear()
  }

  /** A reply that is no JSON, or holds no list, said nothing. */
  hear(text: string): void {
    for (const row of rowsOf(text)) {
      const orderNo = String(row['order_no'])
      const known = this.#codes.get(orderNo) ?? empty()
      this.#codes.set(orderNo, known)
      for (const axis of axes) {
        const code = String(row[codeField[axis]] ?? '')
        if (code !== '' && code !== known[axis].at(-1)) known[axis].push(code)
      }
    }
  }

  /** The codes that a complete history of this axis must hold, oldest first. */
  codes(orderNo: string, axis: Axis): readonly string[] {
    return this.#codes.get(orderNo)?.[axis] ?? []
  }
}

function empty(): Record<Axis, string[]> {
  return { production: [], activation: [], recharge: [], settlement: [], refund: [] }
}

function rowsOf(text: string): Readonly<Record<string, unknown>>[] {
  try {
    const { data } = JSON.parse(text) as { data?: unknown }
    return Array.isArray(data) ? (data as Record<string, unknown>[]) : []
  } catch {
    return []
  }
}
