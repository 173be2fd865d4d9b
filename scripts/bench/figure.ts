/** One measured figure beside its peer's, as `npm run bench -- --json` prints it. */
export interface Figure {
  name: string
  value: number
  unit: string
  /** What does the same in another way, measured in the same run; null: nothing comparable is here. */
  peer: string | null
  peerValue: number | null
  /** value / peerValue. */
  ratio: number | null
  /** What it must keep to, in words; null: nothing is set. */
  goal: string | null
  ok: boolean
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** The value that this share of all lies at or below. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

/** Milliseconds that `work` takes. */
export async function timed(work: () => unknown): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

export function rounded(value: number): number {
  return value >= 100 ? Math.round(value) : Math.round(value * 100) / 100
}

/** A figure beside its peer. */
export function compared(figure: Pick<Figure, 'name' | 'value' | 'unit' | 'peer' | 'peerValue'>): Figure {
  const { value, peerValue } = figure
  return {
    ...figure,
    value: rounded(value),
    peerValue: peerValue === null ? null : rounded(peerValue),
    ratio: peerValue === null ? null : rounded(value / peerValue),
    goal: null,
    ok: true,
  }
}

/** A figure that may be no more than so many times its peer. */
export function atMostTimes(
  figure: Pick<Figure, 'name' | 'value' | 'unit' | 'peer' | 'peerValue'>,
  times: number,
): Figure {
  const ratio = figure.peerValue === null ? null : figure.value / figure.peerValue
  return { ...compared(figure), goal: `≤ ${times} times the peer`, ok: ratio === null || ratio <= times }
}

/** A figure with a bound of its own. */
export function bounded(figure: Pick<Figure, 'name' | 'value' | 'unit'>, atMost: number): Figure {
  const { value, unit } = figure
  const goal = `≤ ${atMost} ${unit}`
  return { ...figure, value: rounded(value), peer: null, peerValue: null, ratio: null, goal, ok: !(value > atMost) }
}
