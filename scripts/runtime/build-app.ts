import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exclusively } from './exclusively.ts'
import { projectFolder, say } from './project.ts'
import { runQuietly } from './run-quietly.ts'

const outFolder = join(projectFolder, 'out')
const stampFile = join(outFolder, 'built-from')
const sources = ['src/**/*', 'electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.json']

/** Builds the app when what it is built from has changed since. Two callers at once build once. */
export async function buildApp(): Promise<void> {
  if (isFresh(sourceHash())) return
  await exclusively(join(projectFolder, 'node_modules', '.cache', 'build.lock'), async () => {
    const hash = sourceHash()
    if (!isFresh(hash)) await build(hash)
  })
}

async function build(hash: string): Promise<void> {
  say('Building the app…')
  rmSync(stampFile, { force: true })
  const tool = join(projectFolder, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const { code, output } = await runQuietly(process.execPath, [tool, 'build'], { cwd: projectFolder })
  if (code !== 0) throw new Error(`the build failed:\n${output}`)
  mkdirSync(outFolder, { recursive: true })
  writeFileSync(stampFile, hash)
}

function isFresh(hash: string): boolean {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash
}

/** Content, not times: a fresh checkout of the same sources needs no second build. */
function sourceHash(): string {
  const hash = createHash('sha256')
  const files = globSync(sources, { cwd: projectFolder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  for (const file of files.sort()) hash.update(file.slice(projectFolder.length)).update(readFileSync(file))
  return hash.digest('hex')
}
