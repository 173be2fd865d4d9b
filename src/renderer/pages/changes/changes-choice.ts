import type { Axis } from '#domain/vocabulary.ts'
import type { ChangesFilter, Transition } from '#shared/contract/changes.ts'

/** What the merchant chose to see, whatever the account. */
export type ChangesChoice = Omit<ChangesFilter, 'accountId'>

export const everyChange: ChangesChoice = { type: null, axis: null, from: null, to: null, backward: false }

export function isRestricted(choice: ChangesChoice): boolean {
  return choice.type !== null || choice.axis !== null || choice.backward
}

/** What can be chosen on either side of a move: what has happened together with the other side. */
export function valuesOf(
  transitions: readonly Transition[],
  { axis, from, to }: { axis: Axis | null; from: string | null; to: string | null },
): { from: string[]; to: string[] } {
  const ofAxis = transitions.filter((move) => move.axis === axis)
  const side = (values: (string | null)[], chosen: string | null): string[] => {
    const found = new Set(values.filter((value) => value !== null))
    if (chosen !== null) found.add(chosen)
    return [...found].toSorted((one, other) => one.localeCompare(other, 'zh-CN'))
  }
  return {
    from: side(
      ofAxis.filter((move) => to === null || move.to === to).map((move) => move.from),
      from,
    ),
    to: side(
      ofAxis.filter((move) => from === null || move.from === from).map((move) => move.to),
      to,
    ),
  }
}
