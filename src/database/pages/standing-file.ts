import { closeSync, openSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { AppError } from '#shared/errors.ts'
import type { Connection } from '../connection.ts'
import { pageBytes } from './page-macs.ts'

/** How often a checkpoint that a long read keeps from finishing is tried again. */
const tries = 100
const tryEveryMs = 100
/** SQLite's own: pages in the log before it is moved into the file. */
const usualCheckpointPages = 1_000

/**
 * The file of an open connection, for reading its pages as they lie on the disk. Opened once and closed with the
 * vault only: on POSIX, closing any handle of a file drops this process's locks on it.
 */
export class StandingFile {
  readonly #connection: Connection
  #fd: number | null = null
  #turn: Promise<unknown> = Promise.resolve()

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * Runs `work` while nothing is written into the file: what is committed meanwhile goes to the log alone. `bytes` is
   * where the file must end. One after the other.
   */
  held<T>(work: (file: { fd: number; bytes: number }) => Promise<T>): Promise<T> {
    const turn = this.#turn.then(() => this.#held(work))
    this.#turn = turn.catch(() => undefined)
    return turn
  }

  /** Throws where the connection was closed meanwhile: the log has been moved into the file then. */
  readonly check = (): void => {
    if (!this.#connection.isOpen) throw new AppError('cancelled', 'the database was closed')
  }

  close(): void {
    if (this.#fd !== null) closeSync(this.#fd)
    this.#fd = null
  }

  async #held<T>(work: (file: { fd: number; bytes: number }) => Promise<T>): Promise<T> {
    try {
      const bytes = await this.#standStill()
      this.#fd ??= openSync(this.#connection.file, 'r')
      return await work({ fd: this.#fd, bytes })
    } finally {
      if (this.#connection.isOpen) this.#connection.pragma(`wal_autocheckpoint=${usualCheckpointPages}`)
    }
  }

  async #standStill(): Promise<number> {
    for (let left = tries; left > 0; left -= 1) {
      this.check()
      const bytes = await this.#connection.betweenWrites(() => {
        this.check()
        this.#connection.pragma('wal_autocheckpoint=0')
        const { whole } = this.#connection.checkpoint()
        return whole ? Number(this.#connection.pragma('page_count')) * pageBytes : null
      })
      if (bytes !== null) return bytes
      await pause(tryEveryMs)
    }
    throw new AppError('internal', 'a long read kept the log from being moved into the file')
  }
}

/** The open vault's files, and the key of both. */
export interface StandingFiles {
  readonly key: string
  readonly orders: StandingFile
  readonly replies: StandingFile
}
