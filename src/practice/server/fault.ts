import { z } from 'zod'

/**
 * What can go wrong. `slow`: nothing for `delayMs`, then all. `drip`: piece by piece over `delayMs`. `cut`: a length is
 * promised, a fraction is sent, the connection is broken. `reset`: broken before any byte. `hang`: never an answer.
 * `error500`: the documented code 500. `html`: a server's error page. `wrongJson`: JSON broken off in the middle, with a
 * right length. `redirect`: to another address. `refuse`: code and words of one's own (quota, maintenance).
 */
export const faultKinds = [
  'slow',
  'drip',
  'cut',
  'reset',
  'hang',
  'error500',
  'html',
  'wrongJson',
  'redirect',
  'refuse',
] as const
export type FaultKind = (typeof faultKinds)[number]

export const faultSchema = z.strictObject({
  kind: z.enum(faultKinds),
  /** How many calls it meets; 'always' until it is cleared. */
  times: z.union([z.number().int().min(1), z.literal('always')]).default(1),
  only: z.enum(['all', 'incremental', 'ranged']).default('all'),
  type: z.enum(['own', 'distributor']).optional(),
  /** Ranged calls that span more than so many hours only. */
  overHours: z.number().min(0).optional(),
  delayMs: z.number().int().min(0).max(3_600_000).default(2_000),
  /** `cut`, `wrongJson`: how much of the body is sent. */
  fraction: z.number().min(0).max(1).default(0.5),
  /** `refuse`: what it says. `error500`, `html`: the HTTP status. */
  code: z.number().int().default(403),
  msg: z.string().max(500).default('今日调用次数已达上限'),
  status: z.number().int().min(200).max(599).optional(),
  /**
   * Does the upstream count the orders as delivered? By default the worst case: yes, for every fault that comes after
   * the orders were read; no for those that keep the call from being read (reset, redirect, refuse).
   */
  delivers: z.boolean().optional(),
})
export type FaultInput = z.input<typeof faultSchema>
export type Fault = z.output<typeof faultSchema>

/** What a fault looks at in a call. */
export interface Faced {
  ranged: boolean
  type: 'own' | 'distributor'
  spanHours: number
}

export function delivers(fault: Fault): boolean {
  return fault.delivers ?? !['reset', 'redirect', 'refuse'].includes(fault.kind)
}

/** Faults in waiting: the first that fits a call meets it, and is used up. */
export class Faults {
  private waiting: Fault[] = []

  add(input: FaultInput): void {
    this.waiting.push(faultSchema.parse(input))
  }

  clear(): void {
    this.waiting = []
  }

  list(): Fault[] {
    return structuredClone(this.waiting)
  }

  take(call: Faced): Fault | null {
    const fault = this.waiting.find((candidate) => fits(candidate, call))
    if (fault === undefined) return null
    if (fault.times !== 'always') fault.times--
    this.waiting = this.waiting.filter((one) => one.times !== 0)
    return fault
  }
}

function fits(fault: Fault, call: Faced): boolean {
  if (fault.only === 'ranged' && !call.ranged) return false
  if (fault.only === 'incremental' && call.ranged) return false
  if (fault.type !== undefined && fault.type !== call.type) return false
  return fault.overHours === undefined || (call.ranged && call.spanHours > fault.overHours)
}
