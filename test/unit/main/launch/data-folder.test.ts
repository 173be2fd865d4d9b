import { existsSync, mkdirSync, mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { App } from 'electron'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useDataFolder } from '#main/launch/data-folder.ts'

const options = { dataDir: null, practice: false, command: [], problem: null }
const now = Date.now()

/** The part of Electron's app that has paths. */
function appWithPaths(userData: string) {
  const paths: Record<string, string> = { userData }
  const app = {
    getPath: (name: string) => paths[name] ?? '',
    setPath: (name: string, value: string) => void (paths[name] = value),
    setAppLogsPath: (value: string) => void (paths['logs'] = value),
  }
  return { app: app as unknown as App, paths }
}

describe('the data folder', () => {
  const environment = { ...process.env }
  let base: string
  beforeEach(() => {
    base = mkdtempSync(path.join(tmpdir(), 'haoka-data-folder-'))
  })
  afterEach(() => {
    process.env = { ...environment }
  })

  it("is Electron's own when nothing is asked for", () => {
    const { app, paths } = appWithPaths('/home/me/.config/Haoka Desk')
    expect(useDataFolder(app, options, now)).toBe('/home/me/.config/Haoka Desk')
    expect(Object.keys(paths)).toEqual(['userData'])
  })

  it('holds everything the app writes when it is chosen: sessions, crashes, logs and temporary files', () => {
    const { app, paths } = appWithPaths('/usual')
    const folder = path.join(base, 'chosen')
    expect(useDataFolder(app, { ...options, dataDir: folder }, now)).toBe(folder)
    const outside = Object.values(paths).filter((value) => value !== folder && !value.startsWith(folder + path.sep))
    expect(outside).toEqual([])
    expect(Object.keys(paths).toSorted()).toEqual(['crashDumps', 'logs', 'sessionData', 'temp', 'userData'])
    for (const name of ['TMPDIR', 'XDG_CACHE_HOME']) expect(process.env[name]).toBe(path.join(folder, 'temp'))
    expect(existsSync(path.join(folder, 'temp'))).toBe(true)
  })

  it('is a fresh one for every practice start, and never the usual one', () => {
    const usual = path.join(base, 'usual')
    const first = useDataFolder(appWithPaths(usual).app, { ...options, practice: true }, now)
    const second = useDataFolder(appWithPaths(usual).app, { ...options, practice: true }, now)
    expect(new Set([first, second, usual]).size).toBe(3)
    expect(readdirSync(second)).toEqual(['temp'])
    expect(existsSync(usual)).toBe(false)
  })

  it('lies inside the chosen folder for a practice start with --data-dir', () => {
    const folder = useDataFolder(appWithPaths('/usual').app, { ...options, practice: true, dataDir: base }, now)
    expect(folder.startsWith(base + path.sep)).toBe(true)
  })

  it('leaves a practice profile of today alone and removes one of last week', () => {
    const parent = path.join(base, 'practice-profiles')
    for (const name of ['profile-old', 'profile-new']) {
      mkdirSync(path.join(parent, name), { recursive: true })
      writeFileSync(path.join(parent, name, 'orders.db'), 'x')
    }
    const lastWeek = new Date(now - 7 * 86_400_000)
    utimesSync(path.join(parent, 'profile-old'), lastWeek, lastWeek)
    useDataFolder(appWithPaths('/usual').app, { ...options, practice: true, dataDir: base }, now)
    expect(existsSync(path.join(parent, 'profile-old'))).toBe(false)
    expect(existsSync(path.join(parent, 'profile-new', 'orders.db'))).toBe(true)
  })
})
