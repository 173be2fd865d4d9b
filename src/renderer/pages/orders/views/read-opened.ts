import { todoRules } from '#shared/contract/orders.ts'
import type { OpenedView } from '../../../stores/orders-view.ts'

/** Which view was open, as it was stored; null: none, or one that cannot be read. */
export function readOpened(stored: unknown): OpenedView | null {
  if (typeof stored !== 'object' || stored === null) return null
  const { kind, id, rule } = stored as Record<string, unknown>
  if (kind === 'saved' && typeof id === 'number') return { kind, id }
  const known = todoRules.find((name) => name === rule)
  return kind === 'builtIn' && known !== undefined ? { kind, rule: known } : null
}
