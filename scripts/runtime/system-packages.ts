import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { say } from './project.ts'
import { runQuietly } from './run-quietly.ts'

/** What Electron needs on a bare Debian or Ubuntu, a font for Chinese and a virtual display among them. */
const packages = [
  'xvfb',
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libatk-bridge2.0-0',
  'libcups2',
  'libdrm2',
  'libxkbcommon0',
  'libsecret-1-0',
  'fonts-noto-cjk',
  'dbus',
]
/** Names that Debian 13 and Ubuntu 24.04 gave a new suffix. */
const renamed = new Set(['libgtk-3-0', 'libasound2', 'libatk-bridge2.0-0', 'libcups2'])
const tries = 3

export interface SystemNeeds {
  executable: string
  virtualDisplay: boolean
}

/**
 * Linux only: makes sure that the shared libraries of `executable`, and Xvfb where it is wanted, are there. As root
 * with apt-get it installs them; otherwise throws an error that names the one command that does.
 */
export async function ensureSystemPackages(needs: SystemNeeds): Promise<void> {
  if (process.platform !== 'linux') return
  const missing = await whatIsMissing(needs)
  if (missing.length === 0) return
  const hasApt = existsSync('/usr/bin/apt-get')
  if (process.getuid?.() !== 0 || !hasApt) throw new Error(remedy(missing, hasApt))
  say(`Missing on this machine: ${missing.join(', ')}. Installing with apt-get…`)
  const output = await install()
  const still = await whatIsMissing(needs)
  if (still.length > 0) throw new Error(`${remedy(still, hasApt)}\n${output}`)
}

async function whatIsMissing({ executable, virtualDisplay }: SystemNeeds): Promise<string[]> {
  const { output } = await runQuietly('ldd', [executable])
  const missing = [...output.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1] ?? '')
  if (virtualDisplay && !onPath('Xvfb')) missing.push('Xvfb')
  return missing
}

async function install(): Promise<string> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = ['-o', 'Acquire::Retries=3', '-o', 'DPkg::Lock::Timeout=300']
  let output = ''
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const updated = await runQuietly('apt-get', [...options, 'update', '-qq'], { env })
    const names = attempt === 1 ? packages : packages.map((name) => (renamed.has(name) ? `${name}t64` : name))
    const flags = ['install', '-y', '-qq', '--no-install-recommends']
    for (const list of attempt === 1 ? [packages] : [packages, names]) {
      const installed = await runQuietly('apt-get', [...options, ...flags, ...list], { env })
      output = updated.output + installed.output
      if (installed.code === 0) return output
    }
  }
  return output
}

/** One sentence with the one command. Exported for its test. */
export function remedy(missing: readonly string[], hasApt: boolean): string {
  const what = `This machine lacks what Electron needs (${missing.join(', ')}).`
  if (!hasApt) return `${what} Install them with your system's package manager and run the same command again.`
  return `${what} Run: sudo apt-get update && sudo apt-get install -y ${packages.join(' ')}`
}

function onPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))
}
