import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { PracticeGateway } from '../../src/practice/gateway.ts'
import { launchApp, type RunningApp } from '../support/app.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { passphrase, runCommand } from '../support/commands.ts'
import { readCsv } from '../support/csv.ts'
import { addAccount, expectTotal, sync } from '../support/merchant.ts'
import { orderNumbers, startUpstream } from '../support/upstream.ts'

const env = { HAOKA_PASSPHRASE: passphrase }

/** An app that has synced once, and an upstream that meanwhile holds new orders and changes. */
async function syncedApp(dataDir: string): Promise<{ app: RunningApp; upstream: PracticeGateway }> {
  const upstream = await startUpstream({ speed: 0 })
  const app = await launchApp({ dataDir, env })
  await addAccount(app, upstream)
  await sync(app)
  await expectTruth(app, upstream)
  upstream.advance(12)
  return { app, upstream }
}

async function expectTruth(app: RunningApp, upstream: PracticeGateway): Promise<void> {
  const truth = upstream.truth()
  const own = truth.filter((order) => order.type === 'own').length
  await expectTotal(app, 'own', own)
  await expectTotal(app, 'distributor', truth.length - own)
}

/** Every order with its latest status, as the app itself exports it. */
async function expectSameOrders(dataDir: string, upstream: PracticeGateway): Promise<void> {
  const file = join(dataDir, 'all.csv')
  const { answer } = await runCommand(['export', '--account', '张三店', '--out', file], { dataDir })
  expect(answer).toMatchObject({ ok: true })
  const { rows } = readCsv(file)
  const truth = upstream.truth()
  expect(rows.map((row) => row['订单号']).sort()).toEqual(orderNumbers(truth))
  const shown = new Map(rows.map((row) => [row['订单号'], row['订单状态']]))
  for (const { orderNo, axes } of truth) expect(shown.get(orderNo)).toBe(axes.production?.word ?? axes.production?.code)
}

it('misses nothing when replies are cut off half-way', async () => {
  const dataDir = temporaryFolder()
  const { app, upstream } = await syncedApp(dataDir)
  upstream.addFault({ kind: 'cut', only: 'incremental', type: 'own' })
  upstream.addFault({ kind: 'cut', only: 'incremental', type: 'distributor' })
  await sync(app)
  await expectTruth(app, upstream)
  await app.close()
  await expectSameOrders(dataDir, upstream)
})

it('misses nothing when the app is killed while a reply is coming in', async () => {
  const dataDir = temporaryFolder()
  const { app, upstream } = await syncedApp(dataDir)
  upstream.addFault({ kind: 'drip', only: 'incremental', delayMs: 20_000 })
  await killDuringSync(app, () => lastAnswer(upstream)?.fault === 'drip')
  await expectRepaired(dataDir, upstream)
})

it('misses nothing when the app is killed between a reply and its merge', async () => {
  const dataDir = temporaryFolder()
  const { app, upstream } = await syncedApp(dataDir)
  const before = upstream.calls().length
  await killDuringSync(app, () => upstream.calls().length > before && lastAnswer(upstream)?.ended === 'sent')
  await expectRepaired(dataDir, upstream)
})

async function killDuringSync(app: RunningApp, reached: () => boolean): Promise<void> {
  await app.find('nav-sync').click()
  await app.find('sync-both').click()
  await expect.poll(reached, { interval: 2, timeout: 30_000 }).toBe(true)
  await app.kill()
}

function lastAnswer(upstream: PracticeGateway) {
  return upstream.calls().at(-1)?.answer ?? null
}

/** At its start the window repairs what was open, by itself; a sync then brings what was not asked for yet. */
async function expectRepaired(dataDir: string, upstream: PracticeGateway): Promise<void> {
  upstream.clearFaults()
  const again = await launchApp({ dataDir, env })
  await sync(again)
  await expectTruth(again, upstream)
  await again.close()
  await expectSameOrders(dataDir, upstream)
}
