import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '../../support/database.ts'
import { account, ask, attempt, element, fingerprint, noon, pull, receive, replyOf } from '../../support/sync-steps.ts'
import { allOrders } from '#shared/contract/order-filter.ts'

const filter = allOrders(account)

describe('runs, requests and attempts', () => {
  it('keeps a run’s counts by itself', async () => {
    await using database = await openTestDatabase()
    const asked = await ask(database)
    const replyId = await receive(database, asked, replyOf([element(), element({ order_sn: '20261124000002' })]))
    await database.call('replies.merge', { replyId, at: noon })
    const run = await database.call('runs.end', {
      runId: asked.runId,
      at: noon + 5,
      outcome: 'understood',
      complete: true,
      said: null,
      error: null,
    })
    expect(run).toMatchObject({ requests: 1, received: 2, new: 2, changed: 0, unchanged: 0, unreadable: 0 })
    expect(await database.call('runs.list', { accountId: account, before: null, count: 10 })).toEqual([run])
    expect(await database.call('sync.facts', { accountId: account, type: 'own' })).toEqual({
      lastCompleteAt: noon + 5,
      oldestUnfinished: '2026-11-20 10:00:00',
    })
    expect(await database.call('sync.facts', { accountId: account, type: 'distributor' })).toEqual({
      lastCompleteAt: null,
      oldestUnfinished: null,
    })
  })

  it('does not take a range that the merchant chose for a complete sync', async () => {
    await using database = await openTestDatabase()
    const range = { from: '2026-01-01 00:00:00', to: '2026-02-01 00:00:00' }
    const of = { accountId: account, type: 'own', channel: 'sync', range, at: noon } as const
    const { runId } = await database.call('runs.begin', { ...of, purpose: 'range' })
    const end = { runId, at: noon, outcome: 'understood', complete: true, said: null, error: null } as const
    expect((await database.call('runs.end', end)).range).toEqual(range)
    expect((await database.call('sync.summary', { accountId: account })).lastCompleteAt).toBeNull()
  })

  it('lists an open request only once its run has ended', async () => {
    await using database = await openTestDatabase()
    const { runId, requestId } = await ask(database)
    expect(await database.call('requests.listOpen', { accountId: account })).toEqual([])
    await database.call('runs.end', { runId, at: noon, outcome: 'open', complete: false, said: null, error: null })
    expect(await database.call('requests.listOpen', { accountId: account })).toEqual([
      { id: requestId, accountId: account, type: 'own', channel: 'sync', range: null, openedAt: noon },
    ])
    await database.call('requests.close', { requestId, state: 'answered', at: noon })
    expect(await database.call('requests.listOpen', { accountId: account })).toEqual([])
  })

  it('counts every attempt of a key and day, and refuses one too many without writing it', async () => {
    await using database = await openTestDatabase()
    const { requestId } = await ask(database)
    expect(await attempt(database, requestId)).toEqual({ attemptId: 2 })
    await attempt(database, requestId, { day: '2026-11-25' })
    await attempt(database, requestId, { keyFingerprint: 'e1'.repeat(32) })
    const key = { keyFingerprint: fingerprint, day: '2026-11-24' }
    expect(await database.call('quota.get', key)).toEqual({ used: 2, spentByUpstream: false })
    const begin = { ...key, requestId, limit: 2, at: noon }
    await expect(database.call('attempts.begin', begin)).rejects.toMatchObject({ code: 'quotaUsed' })
    expect(await database.call('quota.get', key)).toMatchObject({ used: 2 })
    expect(await database.call('attempts.begin', { ...begin, limit: 3 })).toMatchObject({ used: 3 })
  })

  it('believes an upstream that says the quota is spent, for that day', async () => {
    await using database = await openTestDatabase()
    const { requestId } = await ask(database)
    const key = { keyFingerprint: fingerprint, day: '2026-11-24' }
    await database.call('quota.markSpent', key)
    await database.call('quota.markSpent', key)
    expect(await database.call('quota.get', key)).toEqual({ used: 1, spentByUpstream: true })
    const begin = { ...key, requestId, limit: 10_000, at: noon }
    await expect(database.call('attempts.begin', begin)).rejects.toMatchObject({ code: 'quotaUsed' })
    await database.call('attempts.begin', { ...begin, day: '2026-11-25' })
  })

  it('knows when a key was last at the server, whether it answered or failed', async () => {
    await using database = await openTestDatabase()
    const last = () => database.call('attempts.last', { keyFingerprint: fingerprint })
    expect(await last()).toEqual({ sentAt: null, replyBeganAt: null })
    const { attemptId, requestId } = await ask(database)
    expect(await last()).toEqual({ sentAt: noon, replyBeganAt: null })
    await database.call('attempts.fail', { attemptId, at: noon + 700, error: 'network', didNothing: true })
    expect(await last()).toEqual({ sentAt: noon, replyBeganAt: noon + 700 })
    const second = await attempt(database, requestId, { at: noon + 2_000 })
    const began = { attemptId: second.attemptId, at: noon + 2_300, httpStatus: 200, contentType: '' }
    await database.call('replies.begin', began)
    expect(await last()).toEqual({ sentAt: noon + 2_000, replyBeganAt: noon + 2_300 })
  })

  it('keeps attempts when their account is forgotten, and nothing else', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element(), { nothing: 'here' }])
    await pull(database, [element()], { accountId: 'account-2' })
    expect(await database.call('accounts.forget', { accountId: account })).toEqual({ orders: 1 })
    expect(await database.call('orders.counts', filter)).toMatchObject({ total: 0 })
    expect(await database.call('runs.list', { accountId: account, before: null, count: 10 })).toEqual([])
    expect(await database.call('orders.counts', { ...filter, accountId: 'account-2' })).toMatchObject({ total: 1 })
    const used = await database.call('quota.get', { keyFingerprint: fingerprint, day: '2026-11-24' })
    expect(used).toEqual({ used: 2, spentByUpstream: false })
    expect(await pull(database, [element()])).toMatchObject({ new: 1 })
  })
})
