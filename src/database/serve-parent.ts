import { AppError } from '#shared/errors.ts'
import { databaseRoutes } from '#shared/database/contract.ts'
import { servePort } from '#shared/rpc/serve.ts'
import { deleteForgotten } from './forget.ts'
import { createHandlers, vaultNotOpen, type DatabaseHolder } from './handlers.ts'
import { keepHeapSmall } from './keep-heap-small.ts'
import { openedDatabase, type OpenedDatabase } from './opened-database.ts'
import { checkpointOnThread } from './pages/checkpoint-thread.ts'
import { connectParent } from './parent-port.ts'
import { closeVault, openVault } from './vault.ts'

/** Serves the parent process, and ends with it. `script` is what this process was started with. */
export function serveParent(script: URL): void {
  keepHeapSmall()
  const clock = { now: () => Date.now() }
  const port = connectParent()
  const log = (line: string): void => void process.stderr.write(`database: ${line}\n`)
  const ordersChanged = (accountId: string, revision: number): void =>
    port.send({ kind: 'event', name: 'orders.changed', value: { accountId, revision } })
  const pushesChanged = (accountId: string, waiting: number): void =>
    port.send({ kind: 'event', name: 'pushes.changed', value: { accountId, waiting } })
  const statisticsChanged = (accountId: string): void =>
    port.send({ kind: 'event', name: 'statistics.changed', value: { accountId } })
  const checkpoint = (file: string, key: string): Promise<void> => checkpointOnThread(script, file, key)

  let opened: OpenedDatabase | null = null
  const holder: DatabaseHolder = {
    async open(place) {
      if (opened !== null) throw new AppError('internal', 'the vault is open already')
      const vault = await openVault(place, clock.now(), log)
      opened = openedDatabase(vault, { clock, log, ordersChanged, pushesChanged, statisticsChanged, checkpoint })
      // What an interrupted removal left; not waited for, and tried again at the next start.
      deleteForgotten(opened.session).catch((error: unknown) => log(`clearing up failed: ${String(error)}`))
      // What was pushed and not merged before the last end.
      opened.pushDesk.wake()
      // What was not counted before the last end, or never was in an older file.
      opened.recounter.wake()
      // The same of the search index.
      opened.searchIndex.wake()
      return opened
    },
    current: () => opened ?? vaultNotOpen(),
    async close() {
      if (opened === null) return
      const { session } = opened
      opened = null
      closeVault(session)
    },
  }

  servePort(databaseRoutes, createHandlers(holder, log), port, {
    onUnexpected: (route, error) => log(`${route}: ${error instanceof Error ? error.stack : String(error)}`),
  })

  /** Time for cancelled exports to remove what they wrote. */
  const lastWordsMs = 300
  port.onClose(() => {
    const end = (): void => {
      try {
        if (opened !== null) closeVault(opened.session)
      } finally {
        process.exit(0)
      }
    }
    if (opened === null) end()
    else setTimeout(end, lastWordsMs)
  })
  // The terminal's Ctrl+C reaches the whole process group: the parent decides when this process ends.
  process.on('SIGINT', () => undefined)
}
