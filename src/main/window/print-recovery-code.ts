import { BrowserWindow } from 'electron'
import type { Locale } from '#shared/contract/settings.ts'
import { translate } from '#shared/locales/index.ts'

/**
 * Prints the recovery code from a page that no script can read: a hidden window without scripts and preload. Resolves
 * to false when the merchant closes the print dialog or there is no printer.
 */
export async function printRecoveryCode(recoveryCode: string, locale: Locale, printedAt: string): Promise<boolean> {
  const window = new BrowserWindow({
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, javascript: false, partition: 'print' },
  })
  try {
    const page = recoveryPage(recoveryCode, locale, printedAt)
    await window.loadURL(`data:text/html;charset=utf-8,${encodeURIComponent(page)}`)
    return await new Promise((resolve) => window.webContents.print({}, (printed) => resolve(printed)))
  } finally {
    window.destroy()
  }
}

function recoveryPage(recoveryCode: string, locale: Locale, printedAt: string): string {
  const word = (key: string, values = {}): string => escape(translate(locale, `native.recoveryCode.${key}`, values))
  return `<!doctype html><html lang="${locale}"><meta charset="utf-8"><title>${word('title')}</title>
<body style="font: 14pt sans-serif; margin: 2cm"><h1>${word('title')}</h1><p>${word('body')}</p>
<p style="font: 20pt monospace; border: 1px solid; padding: 1em">${escape(recoveryCode)}</p>
<p>${word('printedAt', { time: printedAt })}</p></body></html>`
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`)
}
