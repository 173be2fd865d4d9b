import '../../test/support/plain-electron.ts'
import { connectParent } from '#database/parent-port.ts'
import { orderColumns } from '#domain/vocabulary.ts'
import { exportWords } from '#main/exports/export-words.ts'
import type { Services } from '#main/services.ts'
import type { Handlers } from '#shared/rpc/route.ts'
import { servePort } from '#shared/rpc/serve.ts'
import { allOrders } from '#shared/contract/order-filter.ts'
import { ensureAccount, startApp } from './app-under-test.ts'
import { Checkpoints } from './checkpoints.ts'
import { readDetails, readRows } from './read-orders.ts'
import { workerRoutes } from './worker-contract.ts'

/** The app under test: the main process's services in a process of their own, which the campaign may kill. */

const port = connectParent()
const tell = (name: string, value: unknown): void => port.send({ kind: 'event', name, value })
const checkpoints = new Checkpoints((passed) => tell('passed', passed))
const watcher = {
  finishing: (replyId: number, text: string) => tell('finishing', { replyId, text }),
  durable: (replyId: number) => tell('durable', { replyId }),
}

let services: Services | null = null
let accountId = ''
const running = (): Services => {
  if (services === null) throw new Error('open comes first')
  return services
}
const database = () => running().databases.forAccount(accountId)
const whole = () => allOrders(accountId)
const byNumber = { column: 'orderNo', descending: false } as const

const handlers: Handlers<typeof workerRoutes> = {
  async open(installation) {
    await checkpoints.pass('before open')
    services ??= startApp(installation, checkpoints, watcher)
    await services.start()
    accountId = await ensureAccount(services, installation)
    const unmerged = (await (await database()).call('replies.listUnmerged', {})).map(({ replyId }) => replyId)
    await checkpoints.pass('after open')
    return { accountId, databaseKey: await services.vault.databaseKey(), unmerged }
  },
  arm({ point, left, hold }) {
    checkpoints.arm(point, left, hold)
    return {}
  },
  goOn() {
    checkpoints.goOn()
    return {}
  },
  async repair() {
    await checkpoints.pass('before operation')
    await running().sync.repairAll([accountId])
    return {}
  },
  async sync({ types, range, channel }) {
    await checkpoints.pass('before operation')
    return { runs: await running().sync.start({ accountId, types, channel, range }) }
  },
  async followUp() {
    await checkpoints.pass('before operation')
    return { runs: await running().followUp.round(accountId, 'all') }
  },
  async reconcile() {
    await checkpoints.pass('before operation')
    return { runs: (await running().followUp.reconcile(accountId)).runs }
  },
  async export({ file }) {
    const { rows } = await (
      await database()
    ).call('exports.write', {
      filter: whole(),
      sort: byNumber,
      columns: [...orderColumns],
      plain: true,
      words: exportWords('zh-CN'),
      accountLabel: 'crash',
      file,
    })
    return { rows }
  },
  rows: async () => ({ rows: await readRows(await database(), whole(), byNumber) }),
  details: async ({ ids }) => ({ orders: await readDetails(await database(), accountId, ids) }),
  async state() {
    const { openRequests, lastRuns } = await running().sync.state(accountId)
    return { openRequests, unreadable: lastRuns.reduce((sum, run) => sum + run.unreadable, 0) }
  },
  async stop() {
    await running().stop()
    return {}
  },
}

servePort(workerRoutes, handlers, port, {
  onUnexpected: (route, error) => void process.stderr.write(`${route}: ${String(error)}\n`),
})
port.onClose(() => process.exit(0))
