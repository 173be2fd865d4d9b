import { describe, expect, it } from 'vitest'
import { dayMs, toBeijing } from '#domain/beijing-time.ts'
import type { FollowUpService } from '#main/sync/follow-up/follow-up-service.ts'
import type { FaultInput, PracticeGateway } from '#practice/gateway.ts'
import type { Run, SyncProgress } from '#shared/contract/sync.ts'
import { followUpOf } from '../../../support/follow-up-desk.ts'
import { differences, openPractice, practiceAccount } from '../../../support/practice-desk.ts'
import { openSyncDesk, type SyncDesk } from '../../../support/sync-desk.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const types = ['own', 'distributor'] as const
const range = { from: '2020-01-01 00:00:00', to: toBeijing(Date.now() + 10 * dayMs) }

interface Asking {
  desk: SyncDesk
  followUp: FollowUpService
  accountId: string
  progress: (now: SyncProgress) => void
}

/** Every kind of request, as main makes it. A range sets the mark "delivered" too, so that no kind may be lost. */
const kinds: readonly (readonly [string, (asking: Asking) => Promise<unknown>])[] = [
  ['an incremental call', ({ desk, accountId, progress }) => start(desk, accountId, null, progress)],
  ['a chosen range', ({ desk, accountId, progress }) => start(desk, accountId, range, progress)],
  ['a follow-up', ({ followUp, accountId, progress }) => followUp.round(accountId, 'all', { progress })],
  ['a reconcile', ({ followUp, accountId, progress }) => followUp.reconcile(accountId, { progress })],
]

function start(
  desk: SyncDesk,
  accountId: string,
  asked: typeof range | null,
  progress: Asking['progress'],
): Promise<Run[]> {
  return desk.service.start({ accountId, types, channel: 'sync', range: asked }, { progress })
}

/** A deliver-once world that is known, and then lived on. */
async function knownWorld(folder: string) {
  const gateway = await openPractice({ orders: 120, historyDays: 40 })
  const account = practiceAccount(gateway, { timeoutMs: 700 })
  const desk = await openSyncDesk([account], { folder })
  await start(desk, account.id, range, () => undefined)
  await start(desk, account.id, null, () => undefined)
  gateway.advance(48)
  return { gateway, account, desk }
}

/** One sync after the failure: nothing missing, nothing doubled, nothing wrong, nothing open. */
async function expectWhole(desk: SyncDesk, gateway: PracticeGateway): Promise<void> {
  await desk.sync({ types })
  expect(await differences(desk, gateway)).toEqual([])
  expect(await desk.openRequests()).toBe(0)
  expect((await desk.service.state(practiceAccount(gateway).id)).unread).toEqual([])
}

describe.each(kinds)('nothing of %s is lost', (_kind, ask) => {
  const faults: FaultInput['kind'][] = ['reset', 'cut', 'hang', 'error500', 'html', 'wrongJson']
  it.each(faults)('when the network or the upstream fails: %s', async (kind) => {
    const { gateway, account, desk } = await knownWorld(temporaryFolder())
    try {
      gateway.addFault({ kind, times: 1 })
      await ask({ desk, followUp: followUpOf(desk, account), accountId: account.id, progress: () => undefined })
      await expectWhole(desk, gateway)
    } finally {
      await desk[Symbol.asyncDispose]()
      await gateway.close()
    }
  })

  it.each(['waiting', 'asking', 'receiving', 'merging'] as const)(
    'when the database process is killed while %s',
    async (phase) => {
      const folder = temporaryFolder()
      const { gateway, account, desk } = await knownWorld(folder)
      let killed: Promise<void> | undefined
      const progress = (now: SyncProgress): void => {
        if (now.phase === phase) killed ??= desk.database.crash()
      }
      const asked = ask({ desk, followUp: followUpOf(desk, account), accountId: account.id, progress })
      await expect(asked).rejects.toMatchObject({ code: 'processGone' })
      await killed
      gateway.advance(6)
      const again = await openSyncDesk([account], { folder })
      try {
        await expectWhole(again, gateway)
      } finally {
        await again[Symbol.asyncDispose]()
        await gateway.close()
      }
    },
  )
})
