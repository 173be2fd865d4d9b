import { accessSync, constants, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { projectFolder } from './project.ts'

/**
 * Where downloaded runtimes live: the user's cache, so that a second clone finds them and `npm ci` keeps them; inside
 * node_modules where there is no writable home.
 */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const candidates = [
    environment['HAOKA_CACHE_DIR'],
    environment['XDG_CACHE_HOME'] ? join(environment['XDG_CACHE_HOME'], 'haoka-desk') : undefined,
    join(homedir(), '.cache', 'haoka-desk'),
    join(projectFolder, 'node_modules', '.cache', 'haoka-desk'),
  ]
  const usable = candidates.find((folder) => folder !== undefined && isWritable(folder))
  if (usable === undefined) throw new Error(`no writable cache folder among ${candidates.filter(Boolean).join(', ')}`)
  return usable
}

function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}
