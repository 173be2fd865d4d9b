import '../../support/plain-electron.ts'
import { describe, expect, it, onTestFinished } from 'vitest'
import { dayMs } from '#domain/beijing-time.ts'
import { ReplyPurge } from '#main/reply-purge.ts'
import { practiceIn, startInstallation, upstream } from '../../support/installation.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

/** An installation with one synced account, and a purge of its own that has not run yet. */
async function synced() {
  const gateway = await upstream({ orders: 20, historyDays: 5 })
  const installation = startInstallation({ folder: temporaryFolder(), practice: practiceIn(gateway) })
  onTestFinished(() => installation.stop())
  await installation.start()
  const { id, types } = await installation.accounts.addPractice()
  await installation.sync.start({ accountId: id, types, channel: 'sync', range: null })
  const said: string[] = []
  const purge = new ReplyPurge({
    databases: installation.databases,
    keepDays: () => 180,
    log: { info: (message) => said.push(message), warn: (message) => said.push(message), error: () => undefined },
  })
  return { installation, state: await installation.sync.state(id), purge, said }
}

describe('old replies', () => {
  it('go once a complete sync is more than the kept days younger', async () => {
    const { state, purge, said } = await synced()
    const later = { ...state, lastCompleteAt: state.lastCompleteAt! + 181 * dayMs }
    await purge.after(later)
    expect(said).toEqual(['2 old replies dropped'])
    await purge.after(later)
    expect(said).toHaveLength(1)
  })

  it('stay within the kept days, and while nothing was completely synced', async () => {
    const { state, purge, said } = await synced()
    await purge.after({ ...state, lastCompleteAt: null })
    await purge.after({ ...state, lastCompleteAt: state.lastCompleteAt! + 179 * dayMs })
    expect(said).toEqual([])
  })
})

describe('the offer of older orders', () => {
  it('is made after the first sync, and once answered never again', async () => {
    const { installation, state } = await synced()
    expect(state.offerBackfill).toBe(true)
    await installation.sync.dismissBackfill(state.accountId)
    expect((await installation.sync.state(state.accountId)).offerBackfill).toBe(false)
  })
})
