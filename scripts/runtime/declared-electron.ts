import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from './cache-folder.ts'
import { projectFolder, say } from './project.ts'
import { runQuietly } from './run-quietly.ts'

const packageFolder = join(projectFolder, 'node_modules', 'electron')
const downloadLimitMs = 15 * 60_000
const askAgainAfterMs = 24 * 3_600_000

export function declaredVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string }
  return version
}

/**
 * The electron package's own binary, downloaded by the package itself where the network allows. null where it does not.
 * Where another runtime stands in (`patient` false) a refusal is remembered for a day, so that not every start asks
 * again.
 */
export async function declaredElectron({ patient }: { patient: boolean }): Promise<string | null> {
  const present = installedExecutable()
  if (present !== null) return present
  const refusal = join(cacheFolder(), refusalName(process.env))
  if (!patient && refusedLately(refusal)) return null
  say(`Electron ${declaredVersion()}: downloading…`)
  // install.js rather than require('electron'): it alone says by its exit code whether the download worked.
  const { code, output } = await runQuietly(process.execPath, [join(packageFolder, 'install.js')], {
    env: { NODE_USE_ENV_PROXY: '1', ...process.env },
    timeoutMs: downloadLimitMs,
  })
  const downloaded = code === 0 ? installedExecutable() : null
  if (downloaded !== null) {
    rmSync(refusal, { force: true })
    return downloaded
  }
  mkdirSync(cacheFolder(), { recursive: true })
  writeFileSync(refusal, output)
  say(`Electron ${declaredVersion()}: its own download is not reachable from here (${lastLine(output)}).`)
  return null
}

/** A refusal counts for one way of asking: a mirror or a proxy that is set later is asked at once. */
export function refusalName(environment: NodeJS.ProcessEnv): string {
  const way = Object.entries(environment).filter(([name]) => /^(npm_config_)?(electron_|https?_proxy$)/i.test(name))
  const hash = createHash('sha256').update(JSON.stringify(way.toSorted())).digest('hex')
  return `electron-${declaredVersion()}-${hash.slice(0, 8)}.refused`
}

function installedExecutable(): string | null {
  try {
    const executable = join(packageFolder, 'dist', readFileSync(join(packageFolder, 'path.txt'), 'utf8').trim())
    const version = readFileSync(join(packageFolder, 'dist', 'version'), 'utf8')
      .trim()
      .replace(/^v/, '')
    return existsSync(executable) && version === declaredVersion() ? executable : null
  } catch {
    return null
  }
}

function refusedLately(file: string): boolean {
  const written = statSync(file, { throwIfNoEntry: false })?.mtimeMs
  return written !== undefined && Date.now() - written < askAgainAfterMs
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(0) ?? ''
}
