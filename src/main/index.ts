import { realpathSync } from 'node:fs'
import path from 'node:path'
import { app, safeStorage } from 'electron'
import { runCommandApp } from './command-app.ts'
import { electronKeychain } from './credentials/electron-keychain.ts'
import { childScripts } from './launch/child-scripts.ts'
import { useDataFolder } from './launch/data-folder.ts'
import { isFirstInstance } from './launch/first-instance.ts'
import { readLaunchOptions } from './launch/launch-options.ts'
import { argumentsForStartingAgain, startAgain, startAgainAtOnce } from './launch/start-again.ts'
import { argumentsWithoutDisplay } from './launch/without-display.ts'
import { openLog } from './log/log.ts'
import { PracticeService } from './practice/practice-service.ts'
import { startDatabase } from './processes/database-client.ts'
import { launchProcess } from './processes/launcher.ts'
import { upkeepBy } from './processes/upkeep-client.ts'
import { registerBundleScheme } from './protocol/bundle-protocol.ts'
import { devServerUrl } from './protocol/dev-server.ts'
import { confineEveryPage, denyPermissions } from './security.ts'
import { createServices } from './services.ts'
import { closeStoreChannel } from './settings/close-store-channel.ts'
import { keepToOneCallAConnection, upstreamFetch } from './upstream-fetch.ts'
import { letPagesClearTheirHeap } from './window/clear-pages.ts'
import { startWindowApp } from './window-app.ts'

/** The documented limit of the upstream: one call a second. */
const throttleIntervalMs = 1_000

const clock = { now: () => Date.now() }
const launch = readLaunchOptions(process.argv, isAppPath)
const headless = argumentsWithoutDisplay(process.argv, isAppPath, {
  platform: process.platform,
  environment: process.env,
})
if (headless !== null) startAgainAtOnce(headless)
const dataFolder = useDataFolder(app, launch, clock.now())
const log = openLog(path.join(app.getPath('logs'), 'main.log'))
const devServer = devServerUrl(app.isPackaged, process.env)
const scripts = childScripts({
  packaged: app.isPackaged,
  appPath: app.getAppPath(),
  resourcesPath: process.resourcesPath,
  platform: process.platform,
  arch: process.arch,
})

// Together with the switch it would loop for ever; every page is sandboxed by its own preferences as well.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
registerBundleScheme()
keepToOneCallAConnection(app)
letPagesClearTheirHeap(app)
confineEveryPage(app, devServer, log)
app.on('session-created', denyPermissions)
process.on('unhandledRejection', (reason) => log.error('unhandled rejection', reason))
process.on('uncaughtException', (error) => log.error('uncaught exception', error))

const again = argumentsForStartingAgain(process.argv, isAppPath)
// Not awaited at the top: on some runtimes 'ready' waits for this module to end.
if (again === null) app.whenReady().then(start, (error: unknown) => log.error('Electron did not start', error))
else startAgain(again, app.whenReady())

async function start(): Promise<void> {
  closeStoreChannel()
  const opensWindow = launch.command.length === 0 && launch.problem === null
  if (opensWindow && !isFirstInstance(app, dataFolder)) return app.exit(0)
  const child = (name: string) => ({
    name,
    log: (line: string) => log.info(line),
    ...(scripts.nodeExecutable === null ? {} : { nodeExecutable: scripts.nodeExecutable }),
  })
  const practice = new PracticeService({
    dataFolder,
    launch: (args) => launchProcess(scripts.practice, args, child('haoka-desk-practice-gateway')),
  })
  const services = createServices({
    dataFolder,
    clock,
    fetch: upstreamFetch(),
    keychain: electronKeychain(safeStorage, process.platform),
    environment: process.env,
    systemLocale: app.getLocale(),
    startDatabase: (target) =>
      startDatabase({ ...target, ...child('database'), name: target.name, script: scripts.database }),
    upkeep: upkeepBy({ ...child('upkeep'), script: scripts.database }),
    practice,
    throttleIntervalMs,
    log,
  })
  if (!opensWindow) return runCommandApp(launch, services)
  await startWindowApp({
    services,
    practice,
    dataFolder,
    practiceProfile: launch.practice,
    devServerUrl: devServer,
    builtFolder: path.join(app.getAppPath(), 'out'),
    clock,
    log,
  })
}

/** Unpackaged, Electron is told the app's folder among the arguments. */
function isAppPath(argument: string): boolean {
  if (app.isPackaged) return false
  try {
    return realpathSync(argument) === realpathSync(app.getAppPath())
  } catch {
    return false
  }
}
