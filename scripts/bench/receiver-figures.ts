import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { packPush } from '#main/receiver/pack-push.ts'
import { PushDoor, type AcceptedPush } from '#main/receiver/push-door.ts'
import { accountId, benchKey, mergeReply, openBenchDatabase, type BenchDatabase } from './bench-database.ts'
import { bounded, percentile, type Figure } from './figure.ts'
import { openFile } from './insert-loop.ts'
import type { LoadOrder, LoadReport } from './push-load.ts'
import { rawReply } from './raw-reply.ts'

const perSecond = 100
const secret = 'b'.repeat(43)
/** Orders of one reply of the sync that runs meanwhile. */
const replyOrders = 20_000

/**
 * The receiver under 100 pushes a second, bodies of up to 10 MB among them, while a sync merges one long reply after the
 * other into the same database: how long a push waits until its body is durable and answered, and how many are lost.
 */
export async function receiverFigures(seconds = 30): Promise<Figure[]> {
  const database = await openBenchDatabase()
  const door = doorOf(database)
  const port = await door.open(0, '127.0.0.1')
  // Made before: the load must not wait for this process to make them.
  const replies = [0, 1, 2].map((index) => rawReply(index * replyOrders, replyOrders))
  const sync = { on: true }
  const syncing = (async () => {
    for (let index = 0; sync.on; index += 1)
      await mergeReply(database, replies[index % replies.length] ?? new Uint8Array())
  })()
  const report = await loaded({ address: `http://127.0.0.1:${port}/push/${secret}`, perSecond, seconds })
  sync.on = false
  await syncing
  await door.close()
  await database.close()
  const durable = await durablePushes(database)
  database.remove()
  const under = `${perSecond} pushes a second of up to 10 MB while a sync runs`
  return [
    bounded({ name: `${under}: durable and answered, p99`, value: percentile(report.tookMs, 0.99), unit: 'ms' }, 1_000),
    bounded(
      {
        name: `${under}: not accepted, or accepted and not durable`,
        value: report.sent - Math.min(durable, report.accepted),
        unit: 'pushes',
      },
      0,
    ),
  ]
}

function doorOf({ client }: BenchDatabase): PushDoor {
  const endpoint = {
    accountId,
    secret,
    apiToken: '',
    answer: 'SUCCESS',
    keep: async (push: AcceptedPush) => {
      await client.call('pushes.receive', { accountId, at: Date.now(), ...(await packPush(push)) })
    },
    pinged: () => undefined,
  }
  return new PushDoor({ endpoints: () => [endpoint], refused: () => undefined })
}

/** The load in a process of its own: it must not wait for what it measures. */
async function loaded(order: LoadOrder): Promise<LoadReport> {
  const child = fork(join(import.meta.dirname, 'push-load.ts'), { serialization: 'advanced' })
  const exited = once(child, 'exit')
  child.send(order)
  const [report] = (await once(child, 'message')) as [LoadReport]
  await exited
  return report
}

async function durablePushes({ folder }: BenchDatabase): Promise<number> {
  const db = await openFile(join(folder, 'orders-replies.db'), benchKey)
  const count = db.prepare('SELECT count(*) FROM pushes').pluck().get() as number
  db.close()
  return count
}
