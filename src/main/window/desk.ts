import { app, clipboard, shell } from 'electron'
import { toBeijing } from '#domain/beijing-time.ts'
import type { ClipboardTable } from '#domain/clipboard-table.ts'
import type { Locale, settingsRoutes } from '#shared/contract/settings.ts'
import type { InputOf, OutputOf } from '#shared/rpc/route.ts'
import { printRecoveryCode } from './print-recovery-code.ts'
import { writeTable } from './write-table.ts'

type Link = InputOf<(typeof settingsRoutes)['app.openLink']>['link']

/** The only addresses this app ever opens in a browser: the upstream's console and its API page. */
const pages: Readonly<Record<Exclude<Link, 'dataFolder'>, string>> = {
  consoleKeys: 'https://api.bjjii.com/user/key',
  apiPage: 'https://api.bjjii.com/',
}

export interface DeskOptions {
  readonly dataFolder: string
  readonly practiceProfile: boolean
  readonly locale: () => Locale
  readonly clock: { now(): number }
}

/** What the page cannot do itself: browser, clipboard, printer, facts about the app. */
export class Desk {
  readonly #options: DeskOptions

  constructor(options: DeskOptions) {
    this.#options = options
  }

  info(): OutputOf<(typeof settingsRoutes)['app.info']> {
    const { dataFolder, practiceProfile } = this.#options
    return {
      version: app.getVersion(),
      electron: process.versions.electron ?? '',
      dataFolder,
      practiceProfile,
      // The page presses it, so that it shows how that sync ended.
      syncAtStart: practiceProfile,
    }
  }

  async openLink(link: Link): Promise<void> {
    if (link === 'dataFolder') await shell.openPath(this.#options.dataFolder)
    else await shell.openExternal(pages[link])
  }

  copy(text: string): void {
    clipboard.writeText(text)
  }

  copyTable(table: ClipboardTable): Promise<void> {
    return writeTable(table)
  }

  printRecoveryCode(recoveryCode: string): Promise<boolean> {
    return printRecoveryCode(recoveryCode, this.#options.locale(), toBeijing(this.#options.clock.now()))
  }
}
