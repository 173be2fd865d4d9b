import { lstatSync, readlinkSync, rmSync } from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'
import type { App } from 'electron'

/** Chromium's own name for the socket within a temporary folder of its own making. */
const socketNameBytes = '/scoped_dirXXXXXX/SingletonSocket'.length
/** sun_path of unix(7), with its end; on a longer path Chromium does not fail, it crashes. */
const socketPathBytes = 104
const chromiumFiles = ['SingletonLock', 'SingletonSocket', 'SingletonCookie']

/**
 * True for the first window of a data folder. Another one's start is told to the first, which shows itself. It is about
 * windows alone: what keeps two processes off the same data is the database's lock.
 */
export function isFirstInstance(app: App, dataFolder: string): boolean {
  if (process.platform === 'win32') return app.requestSingleInstanceLock()
  dropForeignLock(dataFolder, hostname())
  return withShortTemporaryFolder(process.env, () => app.requestSingleInstanceLock())
}

/**
 * A lock that another computer left in a folder which came here since (or this one, under an earlier name) would keep
 * every window shut for ever.
 */
export function dropForeignLock(dataFolder: string, host: string): void {
  const lock = path.join(dataFolder, 'SingletonLock')
  if (lstatSync(lock, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return
  if (readlinkSync(lock).replace(/-\d+$/, '') === host) return
  for (const name of chromiumFiles) rmSync(path.join(dataFolder, name), { force: true })
}

/** The data folder may lie so deep that a socket in its temporary folder has no valid path. */
export function withShortTemporaryFolder<T>(environment: NodeJS.ProcessEnv, work: () => T): T {
  const before = environment['TMPDIR']
  if (before === undefined || Buffer.byteLength(before) + socketNameBytes < socketPathBytes) return work()
  environment['TMPDIR'] = '/tmp'
  try {
    return work()
  } finally {
    environment['TMPDIR'] = before
  }
}
