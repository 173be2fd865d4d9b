import { spawnSync } from 'node:child_process'
import { existsSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { buildApp } from './build-app.ts'
import { declaredElectron, declaredVersion } from './declared-electron.ts'
import { fallbackAvailable, fallbackElectron } from './fallback-electron.ts'
import { projectFolder } from './project.ts'
import { runQuietly } from './run-quietly.ts'
import { ensureSystemPackages } from './system-packages.ts'
import { hasDisplay } from './virtual-display.ts'

/** What to spawn to open the built app: `executable`, with `args` before one's own, `env` added to one's own. */
export interface Runtime {
  executable: string
  args: string[]
  /** No DISPLAY is among it: a caller without a display starts one (startVirtualDisplay) or names its own. */
  env: Record<string, string>
  electron: string
  chrome: string
  node: string
  source: 'override' | 'declared' | 'fallback'
}

/** Finds or fetches Electron, makes sure that it can run here and that the app is built. */
export async function resolveRuntime(): Promise<Runtime> {
  const { executable, source } = await findElectron()
  await ensureSystemPackages({ executable, virtualDisplay: !hasDisplay() })
  await buildApp()
  const { electron, chrome, node } = await electronVersions(executable)
  return { executable, args: [...chromiumSwitches(), projectFolder], env: {}, electron, chrome, node, source }
}

/** The folder that holds the executable is what electron-builder takes as `electronDist`. */
export async function findElectron(): Promise<{ executable: string; source: Runtime['source'] }> {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  if (override) return { executable: overrideExecutable(override), source: 'override' }
  const declared = await declaredElectron({ patient: !fallbackAvailable() })
  if (declared !== null) return { executable: declared, source: 'declared' }
  if (fallbackAvailable()) return { executable: await fallbackElectron(), source: 'fallback' }
  throw new Error(
    `Electron ${declaredVersion()} could not be downloaded. Set ELECTRON_MIRROR to a mirror you can reach, ` +
      'or ELECTRON_OVERRIDE_DIST_PATH to a folder with an unpacked Electron, and run the same command again.',
  )
}

function overrideExecutable(folder: string): string {
  const names = ['electron', 'electron.exe', 'Electron.app/Contents/MacOS/Electron']
  const found = names.map((name) => join(folder, name)).find((file) => existsSync(file))
  if (found === undefined) throw new Error(`ELECTRON_OVERRIDE_DIST_PATH names a folder without Electron: ${folder}`)
  return found
}

/** Switches that this machine, not the app, makes necessary. */
function chromiumSwitches(): string[] {
  if (process.platform !== 'linux') return []
  const switches: string[] = []
  // Chromium refuses its sandbox to root, and cannot build one where user namespaces are closed.
  if (process.getuid?.() === 0 || spawnSync('unshare', ['--user', 'true']).status !== 0) switches.push('--no-sandbox')
  if (smallSharedMemory()) switches.push('--disable-dev-shm-usage')
  return switches
}

/** Containers often give /dev/shm 64 MB, in which a page dies. */
function smallSharedMemory(): boolean {
  if (!existsSync('/dev/shm')) return true
  const { bsize, blocks } = statfsSync('/dev/shm')
  return bsize * blocks < 256 * 1_048_576
}

export interface ElectronVersions {
  electron: string
  chrome: string
  node: string
  /** Node-API version. */
  napi: string
}

/** Asks the executable itself. Throws where it does not run on this machine. */
export async function electronVersions(executable: string): Promise<ElectronVersions> {
  const script = 'JSON.stringify(process.versions)'
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
  const { code, output } = await runQuietly(executable, ['-p', script], { env, timeoutMs: 30_000 })
  const line = output.split('\n').find((text) => text.startsWith('{'))
  if (code !== 0 || line === undefined) throw new Error(`Electron does not run on this machine:\n${output}`)
  const { electron, chrome, node, napi } = JSON.parse(line) as ElectronVersions
  return { electron, chrome, node, napi }
}
