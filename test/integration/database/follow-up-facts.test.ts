import { describe, expect, it } from 'vitest'
import { dayMs, fromBeijing } from '#domain/beijing-time.ts'
import { openTestDatabase, type TestDatabase } from '../../support/database.ts'
import { account, element, noon, pull, type Steps } from '../../support/sync-steps.ts'

const since = '2026-07-26'
const facts = (database: TestDatabase, now = noon) =>
  database.call('followUp.facts', { accountId: account, type: 'own', since, now })

/** An order by its number, creation time and 敢探号 status: 200 under way, -460 failed. */
const order = (number: string, created: string, status = 200) =>
  element({ order_sn: number, create_time: created, status, status_name: status === 200 ? '待审核' : '开卡失败' })

describe('what the follow-up is planned by', () => {
  it('orders that are not final, by the day they were created or first seen', async () => {
    await using database = await openTestDatabase()
    await pull(database, [
      order('20261124000001', '2026-11-20 10:00:00'),
      order('20261124000002', '2026-11-20 23:59:59'),
      order('20261124000003', '2026-08-01 00:00:00'),
      order('20261124000004', ''),
      order('20261124000005', '2026-07-25 10:00:00'),
      order('20261124000006', '2026-11-01 10:00:00', -460),
    ])
    expect((await facts(database)).days.toSorted((a, b) => (a.day < b.day ? -1 : 1))).toEqual([
      { day: '2026-08-01', firstSeen: false, orders: 1 },
      { day: '2026-11-01', firstSeen: false, orders: 1 },
      { day: '2026-11-20', firstSeen: false, orders: 2 },
      { day: '2026-11-24', firstSeen: true, orders: 1 },
    ])
  })

  it('a failed order only until it was quiet for 60 days, whenever it was placed', async () => {
    await using database = await openTestDatabase()
    await pull(database, [order('20261124000001', '2026-08-01 10:00:00', -460)])
    const days = async (now: number) => (await facts(database, now)).days.map(({ day }) => day)
    expect(await days(noon + 59 * dayMs)).toEqual(['2026-08-01'])
    expect(await days(noon + 61 * dayMs)).toEqual([])
  })

  it('windows that were read whole, and no call without a range', async () => {
    await using database = await openTestDatabase()
    const range = { from: '2026-11-01 00:00:00', to: '2026-11-20 00:00:00' }
    const steps: Steps = { range }
    await pull(database, [order('20261124000001', '2026-11-10 10:00:00')], steps)
    await pull(database, [order('20261124000001', '2026-11-10 10:00:00')])
    expect((await facts(database)).reads).toEqual([{ ...range, at: noon }])
  })

  it('what ranged replies showed of start and end, once a reply', async () => {
    await using database = await openTestDatabase()
    const range = { from: '2026-11-01 00:00:00', to: '2026-11-15 00:00:00' }
    await pull(
      database,
      [
        { ...order('20261124000001', '2026-11-10 10:00:00'), update_time: '2026-11-20 10:00:00' },
        { ...order('20261124000002', '2026-11-10 10:00:00'), update_time: '2026-11-12 10:00:00' },
        { ...order('20261124000003', '2026-10-10 10:00:00'), update_time: '2026-11-12 10:00:00' },
      ],
      { range },
    )
    expect((await facts(database)).evidence).toEqual({
      createdOnly: 1,
      updatedOnly: 1,
      createdInside: 2,
      createdOutside: 1,
    })
    expect((await facts(database)).firstCompleteAt).toBeNull()
  })

  it('nothing of an account that is not there', async () => {
    await using database = await openTestDatabase()
    expect(await facts(database, fromBeijing('2026-11-24 12:00:00'))).toMatchObject({
      days: [],
      reads: [],
    })
  })
})
