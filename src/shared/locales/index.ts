import type { Locale } from '../contract/settings.ts'
import { messages as en } from './en/index.ts'
import { messages as zhCN } from './zh-CN/index.ts'

/** Every word a person can see, one file an area, the same keys and placeholders in both languages (held by a test). */
export const locales = { 'zh-CN': zhCN, en } as const satisfies Record<Locale, unknown>

/** Fills `{name}` placeholders, for the processes that have no vue-i18n. An unknown key gives the key itself. */
export function translate(locale: Locale, key: string, values: Readonly<Record<string, unknown>> = {}): string {
  let found: unknown = locales[locale]
  for (const part of key.split('.')) {
    found =
      typeof found === 'object' && found !== null && Object.hasOwn(found, part)
        ? found[part as keyof typeof found]
        : undefined
  }
  if (typeof found !== 'string') return key
  return found.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole))
}
