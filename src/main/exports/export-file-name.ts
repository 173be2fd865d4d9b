import { toBeijing } from '#domain/beijing-time.ts'
import type { Locale } from '#shared/contract/settings.ts'
import { translate } from '#shared/locales/index.ts'

/** Longest part of the name that comes from the account, so that paths stay within what Windows opens. */
const labelLength = 40

/** 号卡订单-<account>-YYYYMMDD-HHmm.csv (Beijing), with nothing in it that a file system refuses. */
export function exportFileName(locale: Locale, accountLabel: string, nowMs: number): string {
  const [day = '', time = ''] = toBeijing(nowMs).split(' ')
  const stamp = `${day.replaceAll('-', '')}-${time.slice(0, 5).replace(':', '')}`
  const name = translate(locale, 'native.exportFileName', { account: fileNamePart(accountLabel), stamp })
  return `${name}.csv`
}

/** A label as part of a file name that every file system takes. */
export function fileNamePart(label: string): string {
  const cleaned = label
    .replace(/[<>:"/\\|?*\p{Cc}]/gu, '_')
    .replace(/[. ]+$/, '')
    .trim()
  return cleaned.slice(0, labelLength) || '_'
}
