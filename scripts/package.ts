import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { build, Platform } from 'electron-builder'
import { builderConfig } from './package/builder-config.ts'
import { makeIcons } from './package/make-icons.ts'
import { buildApp } from './runtime/build-app.ts'
import { projectFolder, say } from './runtime/project.ts'
import { electronVersions, findElectron } from './runtime/resolve-runtime.ts'
import { runScript } from './runtime/run-script.ts'

const napiNeeded = 10

/**
 * `npm run package [-- --dir]`: what this platform can make, into dist/. With the declared Electron the platform's
 * installers; with any other (override, fallback), and with --dir, the unpacked app only: it is for trying.
 */
async function makePackage(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { dir: { type: 'boolean', default: false } } })
  const { executable, source } = await findElectron()
  const { electron, napi } = await electronVersions(executable)
  await buildApp()
  const icons = join(projectFolder, 'node_modules', '.cache', 'icons')
  await makeIcons(icons)
  const declared = source === 'declared'
  const config = builderConfig({
    electronDist: declared ? null : dirname(executable),
    electronVersion: electron,
    carriedNode: Number(napi) < napiNeeded ? process.execPath : null,
    icons,
  })
  const targets = Platform.current().createTarget(declared && !values.dir ? null : 'dir')
  const files = await build({ projectDir: projectFolder, config, targets, publish: 'never' })
  say(files.length > 0 ? files.join('\n') : 'The unpacked app is in dist/.')
  return 0
}

await runScript(() => makePackage(process.argv.slice(2)))
