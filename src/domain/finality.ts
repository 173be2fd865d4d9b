import { dayMs } from './beijing-time.ts'
import type { Stage } from './vocabulary.ts'

/** Failed orders are resubmitted, cancelled ones come back, settlements are withdrawn: only long quiet makes them final. */
export const quietUntilFinalMs = 60 * dayMs
export const endingStages = ['failed', 'gone', 'settled'] as const satisfies readonly Stage[]

/** True when an order is final enough to stop following it up. `quietMs`: time since its last change. */
export function isFinal(stage: Stage, quietMs: number): boolean {
  return (endingStages as readonly Stage[]).includes(stage) && quietMs >= quietUntilFinalMs
}
