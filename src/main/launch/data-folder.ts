import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import type { App } from 'electron'
import type { LaunchOptions } from './launch-options.ts'

const dayMs = 86_400_000

/**
 * Decides where everything the app writes goes and tells Electron; returns the data folder. Before 'ready', because
 * Electron opens its own files then. The usual folder is asked for only where it is used: asking already makes it.
 */
export function useDataFolder(app: App, options: LaunchOptions, now: number): string {
  const chosen = options.dataDir === null ? null : path.resolve(options.dataDir)
  const usual = chosen ?? app.getPath('userData')
  const folder = options.practice ? freshPracticeFolder(usual, chosen !== null, now) : usual
  if (chosen === null && !options.practice) return folder
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  app.setPath('userData', folder)
  app.setPath('sessionData', folder)
  app.setPath('crashDumps', path.join(folder, 'crashes'))
  app.setAppLogsPath(path.join(folder, 'logs'))
  useTemporaryFolder(app, path.join(folder, 'temp'))
  return folder
}

/** Chromium, its libraries and the child processes find their temporary folder in the environment. */
function useTemporaryFolder(app: App, folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  app.setPath('temp', folder)
  for (const name of ['TMPDIR', 'TMP', 'TEMP']) process.env[name] = folder
  // GTK's dconf and Mesa keep caches in the home folder unless they are told where; Chromium's own are here already.
  process.env['XDG_CACHE_HOME'] = folder
}

/**
 * A new folder for every practice window, so that a second one never pulls the files from under the first. What
 * earlier ones left is removed after a day.
 */
function freshPracticeFolder(usual: string, inside: boolean, now: number): string {
  const parent = inside ? path.join(usual, 'practice-profiles') : `${usual}-practice`
  mkdirSync(parent, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(parent)) {
    const old = path.join(parent, name)
    if (now - statSync(old).mtimeMs > dayMs) rmSync(old, { recursive: true, force: true })
  }
  return mkdtempSync(path.join(parent, 'profile-'))
}
