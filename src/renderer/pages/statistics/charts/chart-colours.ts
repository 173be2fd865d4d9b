import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import { stageGroupOf, type Stage } from '#domain/vocabulary.ts'

const tokens = {
  text: '--text',
  muted: '--text-3',
  line: '--line',
  surface: '--surface',
  hover: '--surface-hover',
  accent: '--accent',
  waiting: '--waiting',
  underWay: '--under-way',
  attention: '--attention',
  done: '--done',
  failed: '--failed',
  gone: '--gone',
} as const

/** The theme's colours as a canvas needs them, and its font. */
export type ChartColours = Record<keyof typeof tokens | 'font', string>

/** The tokens as they are now, renewed when the theme turns. */
export function useChartColours(): ShallowRef<ChartColours> {
  const colours = shallowRef(readColours())
  const observer = new MutationObserver(() => {
    colours.value = readColours()
  })
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['class'] })
  onScopeDispose(() => observer.disconnect())
  return colours
}

function readColours(): ChartColours {
  const style = getComputedStyle(document.documentElement)
  const read = Object.entries(tokens).map(([name, token]) => [name, style.getPropertyValue(token).trim()])
  return { ...Object.fromEntries(read), font: style.getPropertyValue('--font').trim() } as ChartColours
}

/** Stages of one group are told apart by how much of the surface is in their colour. */
const strength: Partial<Record<Stage, number>> = {
  activated: 0.5,
  recharged: 0.75,
  shipped: 0.55,
  settlementFailed: 0.55,
  unknown: 0.45,
}

export function stageColour(stage: Stage, colours: ChartColours): string {
  return mixed(colours[stageGroupOf[stage]], colours.surface, strength[stage] ?? 1)
}

/** So much of a colour, the rest of another; both as #rrggbb or, as a build shortens them, #rgb. */
export function mixed(colour: string, other: string, share: number): string {
  const [ones, twos] = [channels(colour), channels(other)]
  const parts = ones.map((one, index) => {
    const channel = Math.round(one * share + (twos[index] ?? 0) * (1 - share))
    return channel.toString(16).padStart(2, '0')
  })
  return `#${parts.join('')}`
}

function channels(hex: string): number[] {
  const digits = hex.slice(1)
  const long = digits.length === 3 ? digits.replaceAll(/./g, '$&$&') : digits
  return [0, 2, 4].map((at) => Number.parseInt(long.slice(at, at + 2), 16))
}
