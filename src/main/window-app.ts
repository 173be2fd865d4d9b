import path from 'node:path'
import { app, powerMonitor, session } from 'electron'
import { ExportService } from './exports/export-service.ts'
import type { WindowParts } from './ipc/window-parts.ts'
import { onStopSignal } from './launch/stop-signals.ts'
import type { Log } from './log/log.ts'
import { MappingFiles } from './mapping/mapping-files.ts'
import { Parts, type Part } from './parts.ts'
import type { PracticeService } from './practice/practice-service.ts'
import { serveBundle } from './protocol/bundle-protocol.ts'
import type { Services } from './services.ts'
import { StatisticsFiles } from './statistics/statistics-files.ts'
import { BackupDesk } from './window/backup-desk.ts'
import { DataPart } from './window/data-part.ts'
import { Desk } from './window/desk.ts'
import { FollowUpPart } from './window/follow-up-part.ts'
import { UpkeepPart } from './window/upkeep-part.ts'
import { WindowMemory } from './window/window-memory.ts'
import { WindowPart } from './window/window-part.ts'

export interface WindowAppOptions {
  readonly services: Services
  readonly practice: PracticeService
  readonly dataFolder: string
  readonly practiceProfile: boolean
  readonly devServerUrl: string | null
  /** out/ of the build. */
  readonly builtFolder: string
  readonly clock: { now(): number }
  readonly log: Log
}

/**
 * The app with its window. Its parts in order: the bundle's files, the window (it loads in a process of its own), the
 * services (the vault opens), the data (databases open, repairs run, all beside the page's loading), the follow-up.
 */
export async function startWindowApp(options: WindowAppOptions): Promise<Parts> {
  const { services, log, dataFolder, practiceProfile } = options
  const memory = new WindowMemory(path.join(dataFolder, 'window.json'), (error) => log.warn('window.json', error))
  const ready = Promise.withResolvers<void>()
  const window: WindowPart = new WindowPart({
    ...windowParts(options, memory, () => window),
    memory,
    preload: path.join(options.builtFolder, 'preload/index.cjs'),
    devServerUrl: options.devServerUrl,
    practiceProfile,
    ready: ready.promise,
    log,
  })
  const files: Part = {
    name: 'bundle',
    start: () => serveBundle(session.defaultSession, path.join(options.builtFolder, 'renderer')),
    stop: () => undefined,
  }
  const backing: Part = {
    name: 'services',
    start: () =>
      services
        .start()
        .catch((error: unknown) => log.error('the vault', error))
        .finally(ready.resolve),
    stop: () => services.stop(),
  }
  const data = new DataPart({ services, dataFolder, practiceProfile, window: () => window.window(), log })
  const followUps = new FollowUpPart({ services, log })
  const parts = new Parts(log)
  quitThrough(parts, window)
  const upkeep = new UpkeepPart({
    power: powerMonitor,
    daily: () => services.backups.daily(),
    async woke() {
      await services.woke()
      followUps.woke()
    },
  })
  await parts.start([files, window, backing, data, followUps, upkeep])
  return parts
}

function windowParts(options: WindowAppOptions, memory: WindowMemory, window: () => WindowPart): WindowParts {
  const { services, clock } = options
  const locale = () => services.settings.get().locale
  return {
    ...services,
    practice: options.practice,
    desk: new Desk({ dataFolder: options.dataFolder, practiceProfile: options.practiceProfile, locale, clock }),
    mappingFiles: new MappingFiles({
      window: () => window().window(),
      accountLabel: (accountId) => services.accounts.get(accountId).label,
      locale,
      memory,
    }),
    statisticsFiles: new StatisticsFiles({
      window: () => window().window(),
      database: (accountId) => services.databases.forAccount(accountId),
      accountLabel: (accountId) => services.accounts.get(accountId).label,
      locale,
      memory,
      clock,
    }),
    backupDesk: new BackupDesk({ window: () => window().window(), backups: services.backups, locale, clock }),
    exports: new ExportService({
      window: () => window().window(),
      database: (accountId) => services.databases.forAccount(accountId),
      accountLabel: (accountId) => services.accounts.get(accountId).label,
      locale,
      exportLocale: () => services.settings.exportLocale(),
      opensFolder: () => services.settings.get().exportOpensFolder,
      memory,
      clock,
    }),
  }
}

/** Every way out leads here: the window goes at once, the parts stop in their time, then the process ends. */
function quitThrough(parts: Parts, window: WindowPart): void {
  let quitting = false
  let again = false
  app.on('before-quit', (event) => {
    event.preventDefault()
    if (quitting) return
    quitting = true
    window.window()?.hide()
    void parts.stop().finally(() => {
      if (again) app.relaunch()
      app.exit(0)
    })
  })
  app.on('window-all-closed', () => app.quit())
  app.on('second-instance', () => {
    // A start that comes while this one is still ending must not come to nothing.
    if (quitting) again = true
    else window.show()
  })
  onStopSignal(() => app.quit())
}
