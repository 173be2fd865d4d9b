import { toBeijing } from '#domain/beijing-time.ts'
import type { Locale } from '#shared/contract/settings.ts'
import { translate } from '#shared/locales/index.ts'
import { fileNamePart } from '../exports/export-file-name.ts'

/** 号卡统计-<account>-YYYYMMDD-HHmm.<extension> (Beijing). */
export function statisticsFileName(locale: Locale, accountLabel: string, nowMs: number, extension: string): string {
  const stamp = toBeijing(nowMs).slice(0, 16).replaceAll(/[-:]/g, '').replace(' ', '-')
  const name = translate(locale, 'statistics.file.name', { account: fileNamePart(accountLabel), stamp })
  return `${name}.${extension}`
}
