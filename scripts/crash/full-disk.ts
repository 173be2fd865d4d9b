import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** False where the system has no way to lower a running process's limits. */
export function canStarve(): boolean {
  return spawnSync('prlimit', ['--version']).status === 0
}

/** From now on no file of that process grows beyond so many bytes: writing fails as on a full disk. */
export function limitFileSize(pid: number, bytes: number | 'unlimited'): void {
  spawnSync('prlimit', [`--pid=${pid}`, `--fsize=${bytes}:unlimited`])
}

/** The size of the largest file in a folder. */
export function largestFile(folder: string): number {
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile())
  return Math.max(0, ...files.map(({ name }) => statSync(join(folder, name)).size))
}
