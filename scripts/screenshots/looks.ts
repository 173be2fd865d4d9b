/** One way a page can look: what is drawn in how many real pixels, at which scaling, in which colours and language. */
export interface Look {
  readonly name: string
  /** Real pixels of the window. */
  readonly width: number
  readonly height: number
  /** 1.5: Windows' 150 % scaling, so fewer CSS pixels in the same window. */
  readonly scale: number
  readonly theme: 'light' | 'dark'
  readonly locale: 'zh-CN' | 'en'
}

const sizes = [
  { width: 1366, height: 768, scale: 1 },
  { width: 1920, height: 1080, scale: 1 },
  { width: 1920, height: 1080, scale: 1.5 },
] as const
const themes = ['light', 'dark'] as const
const locales = ['zh-CN', 'en'] as const

/** Every combination, ordered so that language and theme change as seldom as possible. */
export const looks: readonly Look[] = locales.flatMap((locale) =>
  themes.flatMap((theme) => sizes.map((size) => lookOf(size, theme, locale))),
)

/** What a dialog or a rarer state is seen in: both themes and languages, the narrow screen and the scaled one. */
export const fewLooks: readonly Look[] = looks.filter(({ name }) =>
  ['1366x768-light-zh-CN', '1366x768-dark-en', '1920x1080-at-150-light-en'].includes(name),
)

function lookOf({ width, height, scale }: (typeof sizes)[number], theme: Look['theme'], locale: Look['locale']): Look {
  const scaled = scale === 1 ? '' : `-at-${scale * 100}`
  return { width, height, scale, theme, locale, name: `${width}x${height}${scaled}-${theme}-${locale}` }
}
