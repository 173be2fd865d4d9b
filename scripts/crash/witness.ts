import { axes, type Axis } from '#domain/vocabulary.ts'

/** Where an axis's code stands in a reply in 敢探号 names: read here by hand, so that the app's mapper has no say. */
const codeField: Record<Axis, string> = {
  production: 'status',
  activation: 'is_activated',
  recharge: 'is_recharged',
  settlement: 'is_settled',
  refund: 'refund_status',
}

/** Remembers what each durable reply said of each axis, in the order in which the replies became durable. */
export class Witness {
  readonly #codes = new Map<string, Record<Axis, string[]>>()

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
