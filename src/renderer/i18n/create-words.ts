import { createI18n } from 'vue-i18n'
import { locales } from '#shared/locales/index.ts'

/** vue-i18n over the shared locale files; Chinese first. */
export function createWords(locale: keyof typeof locales = 'zh-CN') {
  return createI18n({ legacy: false, locale, fallbackLocale: 'zh-CN', messages: locales })
}
