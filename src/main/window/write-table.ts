import electron from 'electron'
import type { ClipboardTable } from '#domain/clipboard-table.ts'

/** Earlier runtimes take both kinds of content in one object and have no ClipboardItem. */
interface EarlierClipboard {
  write(data: ClipboardTable): void
}

/** Puts a table on the system's clipboard, as text and as HTML. */
export async function writeTable({ text, html }: ClipboardTable): Promise<void> {
  const clipboard: unknown = electron.clipboard
  if (Object.hasOwn(electron, 'ClipboardItem'))
    await electron.clipboard.write([new electron.ClipboardItem({ 'text/plain': text, 'text/html': html })])
  else (clipboard as EarlierClipboard).write({ text, html })
}
