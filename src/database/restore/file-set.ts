import { existsSync, renameSync } from 'node:fs'
import { basename, join } from 'node:path'

/** A database file and the files SQLite keeps beside it. They are one thing and move together. */
const companions = ['-wal', '-shm', '-journal', ''] as const

export function moveDatabase(from: string, to: string): void {
  for (const ending of companions) if (existsSync(`${from}${ending}`)) renameSync(`${from}${ending}`, `${to}${ending}`)
}

/** True where anything of it is there. */
export function databaseExists(file: string): boolean {
  return companions.some((ending) => existsSync(`${file}${ending}`))
}

/** `<name>.<stamp>` in the folder, or the same with a number where that is taken: nothing set aside is written over. */
export function asideName(folder: string, name: string, stamp: string): string {
  for (let count = 1; ; count += 1) {
    const aside = `${basename(name)}.${stamp}${count === 1 ? '' : `-${count}`}`
    if (!databaseExists(join(folder, aside))) return aside
  }
}

export function ordersFile(folder: string, name: string): string {
  return join(folder, `${name}.db`)
}

export function repliesFile(folder: string, name: string): string {
  return join(folder, `${name}-replies.db`)
}

export function lockFile(folder: string, name: string): string {
  return join(folder, `${name}.lock`)
}
