import { closeSync, existsSync, openSync, statSync } from 'node:fs'
import type { Health } from '#shared/database/upkeep.ts'
import { AppError } from '#shared/errors.ts'
import { openConnection, type Log } from '../connection.ts'
import { isBusy, isWhole } from '../pages/check-structure.ts'
import { pageBytes } from '../pages/page-macs.ts'
import { readPages } from '../pages/read-pages.ts'
import { ordersFile, repliesFile } from './file-set.ts'

interface Place {
  folder: string
  name: string
  key: string
}

type FileHealth = Health['orders']
interface Finding {
  health: FileHealth
  keyFits: boolean
}

/**
 * Looks at both files of a vault that is closed: every page's MAC, the sizes, and SQLite's own check of the structure.
 * Throws databaseKeyWrong where the key opens no page of either: then nothing can be said of them.
 */
export async function diagnose({ folder, name, key }: Place, log: Log): Promise<Health> {
  const orders = await diagnoseFile(ordersFile(folder, name), key, log)
  const replies = await diagnoseFile(repliesFile(folder, name), key, log)
  const somethingThere = orders.health !== 'missing' || replies.health !== 'missing'
  if (somethingThere && !orders.keyFits && !replies.keyFits && holdsPages(ordersFile(folder, name)))
    throw new AppError('databaseKeyWrong', 'the key fits no page of either file')
  return { orders: orders.health, replies: replies.health }
}

export async function diagnoseFile(file: string, key: string, log: Log): Promise<Finding> {
  if (!existsSync(file)) return { health: 'missing', keyFits: false }
  if (!holdsPages(file)) return { health: 'damaged', keyFits: false }
  const structure = await structureIsWhole(file, key, log)
  const { damaged, keyFits } = await pagesOf(file, key)
  return { health: structure && !damaged ? 'good' : 'damaged', keyFits }
}

function holdsPages(file: string): boolean {
  return existsSync(file) && statSync(file).size >= pageBytes
}

/** Opening also moves what an unclean end left in the log into the file: only then its pages tell the truth. */
async function structureIsWhole(file: string, key: string, log: Log): Promise<boolean> {
  try {
    const connection = await openConnection(file, key, log)
    try {
      return isWhole(connection, log)
    } finally {
      connection.close()
    }
  } catch (thrown) {
    if (isBusy(thrown)) throw thrown
    log(`${String(thrown)}`)
    return false
  }
}

async function pagesOf(file: string, key: string): Promise<{ damaged: boolean; keyFits: boolean }> {
  const fd = openSync(file, 'r')
  try {
    return await readPages({ fd, bytes: statSync(file).size, key })
  } finally {
    closeSync(fd)
  }
}
