import type { FaultKind } from './fault.ts'

/** One request as the server saw it. No key, no password, no token: only their presence. */
export interface SeenCall {
  number: number
  /** Real time, epoch milliseconds. */
  arrivedAtMs: number
  /** Milliseconds since the call of the same key before it, monotonic; null for the first. */
  gapMs: number | null
  method: string
  path: string
  type: string | null
  channels: string | null
  start: string | null
  end: string | null
  /** Names of all parameters that came, in their order. */
  named: string[]
  signed: boolean
  referer: string | null
  contentType: string | null
  answer: {
    status: number
    code: number | string | null
    orders: number
    fault: FaultKind | null
    /** `broken`: the connection ended before the whole reply was out. */
    ended: 'open' | 'sent' | 'broken'
  } | null
}

const most = 20_000

/** The last calls, oldest first. */
export class CallLog {
  private readonly calls: SeenCall[] = []
  private readonly lastArrivedMs = new Map<string, number>()
  private next = 1

  /** Call before the body is read. */
  arrived(call: Pick<SeenCall, 'arrivedAtMs' | 'method' | 'path' | 'signed' | 'referer' | 'contentType'>): SeenCall {
    const seen: SeenCall = {
      ...call,
      number: this.next++,
      gapMs: null,
      type: null,
      channels: null,
      start: null,
      end: null,
      named: [],
      answer: null,
    }
    this.calls.push(seen)
    if (this.calls.length > most) this.calls.shift()
    return seen
  }

  /** The gap is known once the key is. */
  noteKey(call: SeenCall, key: string, arrivedMs: number): void {
    const last = this.lastArrivedMs.get(key)
    call.gapMs = last === undefined ? null : arrivedMs - last
    this.lastArrivedMs.set(key, arrivedMs)
  }

  list(): SeenCall[] {
    return structuredClone(this.calls)
  }
}
