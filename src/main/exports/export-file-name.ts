import { existsSync } from 'node:fs'
import path from 'node:path'
import { toBeijing } from '#domain/beijing-time.ts'
import type { ExportFormat } from '#shared/contract/exports.ts'
import type { Locale } from '#shared/contract/settings.ts'
import { translate } from '#shared/locales/index.ts'

/** Longest part of the name that comes from the account, so that paths stay within what Windows opens. */
const labelLength = 40

/** 号卡订单-<account>-YYYYMMDD-HHmm.csv or .xlsx (Beijing), with nothing in it that a file system refuses. */
export function exportFileName(
  locale: Locale,
  accountLabel: string,
  nowMs: number,
  format: ExportFormat = 'csv',
): string {
  const [day = '', time = ''] = toBeijing(nowMs).split(' ')
  const stamp = `${day.replaceAll('-', '')}-${time.slice(0, 5).replace(':', '')}`
  const name = translate(locale, 'native.exportFileName', { account: fileNamePart(accountLabel), stamp })
  return `${name}.${format}`
}

/** A name without an ending gets the format's. */
export function withEnding(file: string, format: ExportFormat): string {
  return path.extname(file) === '' ? `${file}.${format}` : file
}

/**
 * Where the history of a CSV goes: beside it, `<name>-变动.csv`. A file of that name is replaced only where the export
 * itself replaces one, which the merchant was asked; otherwise a number is added.
 */
export function historyFileName(locale: Locale, file: string, exists: (file: string) => boolean = existsSync): string {
  const { dir, name, ext } = path.parse(file)
  const base = path.join(dir, `${name}-${translate(locale, 'exports.file.historySuffix')}`)
  let candidate = `${base}${ext}`
  if (exists(file)) return candidate
  for (let number = 2; exists(candidate); number += 1) candidate = `${base} (${number})${ext}`
  return candidate
}

/** A label as part of a file name that every file system takes. */
export function fileNamePart(label: string): string {
  const cleaned = label
    .replace(/[<>:"/\\|?*\p{Cc}]/gu, '_')
    .replace(/[. ]+$/, '')
    .trim()
  return cleaned.slice(0, labelLength) || '_'
}
