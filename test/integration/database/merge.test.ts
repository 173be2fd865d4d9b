import { describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.ts'
import { account, ask, attempt, element, elements, noon, pull, receive, replyOf } from '../../support/sync-steps.ts'

const orderNo = '20261124000001'

async function order(database: TestDatabase, number = orderNo) {
  const [found] = await database.call('orders.byNumber', { accountId: account, orderNo: number })
  return found
}

describe('merging a reply', () => {
  it('tells new, changed and unchanged orders apart and writes history for each axis that moved', async () => {
    await using database = await openTestDatabase()
    expect(await pull(database, [element()])).toMatchObject({ received: 1, new: 1, changed: 0, unchanged: 0 })
    expect(await pull(database, [element()])).toMatchObject({ new: 0, changed: 0, unchanged: 1 })
    const shipped = element({ status: 550, status_name: '已发货', tracking_company: '顺丰', tracking_number: 'SF100' })
    expect(await pull(database, [shipped], { at: noon + 1_000 })).toMatchObject({ changed: 1 })
    const found = await order(database)
    expect(found?.row).toMatchObject({
      status: '已发货',
      stage: 'shipped',
      trackingNo: 'SF100',
      firstSeenAt: noon,
      changedAt: noon + 1_000,
    })
    expect(found?.changes.map(({ axis, from, to, seenAt }) => ({ axis, from, to, seenAt }))).toEqual([
      {
        axis: 'production',
        from: { word: '待审核', code: '200' },
        to: { word: '已发货', code: '550' },
        seenAt: noon + 1_000,
      },
      { axis: 'production', from: null, to: { word: '待审核', code: '200' }, seenAt: noon },
    ])
    expect(JSON.parse(found?.original ?? '')).toMatchObject({ tracking_number: 'SF100' })
  })

  it('merges a reply once, however often it is asked, at the same time too', async () => {
    await using database = await openTestDatabase()
    const asked = await ask(database)
    const replyId = await receive(database, asked, replyOf(elements(20)))
    const merge = () => database.call('replies.merge', { replyId, at: noon })
    const [first, second] = await Promise.all([merge(), merge()])
    expect(first).toMatchObject({ new: 20 })
    expect(second).toEqual(first)
    expect(await merge()).toEqual(first)
    const [run] = await database.call('runs.list', { accountId: account, before: null, count: 1 })
    expect(run).toMatchObject({ received: 20, new: 20 })
    expect((await order(database))?.changes).toHaveLength(1)
  })

  it('lets a later pull win, and an older one merged late only fill what is empty and add its history', async () => {
    await using database = await openTestDatabase()
    const older = await ask(database, { at: noon })
    const newer = await ask(database, { at: noon + 5_000 })
    const olderReply = await receive(
      database,
      older,
      replyOf([
        element({ status: 200, status_name: '待审核', remark: '请尽快', goods_name: '旧套餐' }),
        element({ order_sn: 'A2' }),
      ]),
    )
    const newerReply = await receive(
      database,
      newer,
      replyOf([element({ status: 550, status_name: '已发货', goods_name: '新套餐' })]),
    )
    await database.call('replies.merge', { replyId: newerReply, at: noon + 6_000 })
    const late = await database.call('replies.merge', { replyId: olderReply, at: noon + 7_000 })
    expect(late).toMatchObject({ new: 1, changed: 1 })
    const found = await order(database)
    expect(found?.row).toMatchObject({ status: '已发货', stage: 'shipped', productName: '新套餐', remark: '请尽快' })
    expect(JSON.parse(found?.original ?? '')).toMatchObject({ goods_name: '新套餐' })
    expect(found?.changes.map(({ from, to }) => [from?.word ?? null, to.word])).toEqual([
      ['待审核', '已发货'],
      [null, '待审核'],
    ])
    expect(await order(database, 'A2')).toBeDefined()
  })

  it.each([
    ['a life', [200, 450, 550]],
    ['the same twice, then a change', [200, 200, 550]],
    ['a change, then the same twice', [200, 550, 550]],
    ['there and back', [200, -460, 200]],
  ])('comes out the same in whichever order replies are merged: %s', async (_what, codes) => {
    const told = async (mergeOrder: number[]) => {
      await using database = await openTestDatabase()
      const asked = []
      for (const [index] of codes.entries()) asked.push(await ask(database, { at: noon + index * 1_000 }))
      for (const index of mergeOrder) {
        const reply = replyOf([element({ status: codes[index]!, status_name: null })])
        const replyId = await receive(database, asked[index]!, reply)
        await database.call('replies.merge', { replyId, at: noon })
      }
      const found = await order(database)
      const { status, stage, firstSeenAt, backward } = found!.row
      return { status, stage, firstSeenAt, backward, changes: found?.changes.map(({ id: _id, ...change }) => change) }
    }
    const inOrder = await told([0, 1, 2])
    for (const other of [
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ])
      expect(await told(other), `merged as ${other}`).toEqual(inOrder)
  })

  it('never blanks a stored value by a lacking, empty or masked one', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element({ remark: '备注' })])
    await pull(database, [element({ mobile: '138****8000', id_name: '张**', address: '', remark: null })])
    expect((await order(database))?.row).toMatchObject({
      phone: '13800138000',
      customerName: '张小三',
      address: '科技园南路1号',
      remark: '备注',
    })
  })

  it('records a backward move and flags it', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element({ status: -460, status_name: '开卡失败' })])
    await pull(database, [element({ status: 200, status_name: '待审核' })])
    const found = await order(database)
    expect(found?.row.backward).toBe(true)
    expect(found?.changes[0]).toMatchObject({ backward: true, from: { code: '-460' }, to: { code: '200' } })
  })

  it('keeps the same number of both types apart', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element()])
    expect(await pull(database, [element({ id_name: '李四' })], { type: 'distributor' })).toMatchObject({ new: 1 })
    const found = await database.call('orders.byNumber', { accountId: account, orderNo })
    expect(found.map(({ row }) => [row.type, row.customerName])).toEqual([
      ['own', '张小三'],
      ['distributor', '李四'],
    ])
  })

  it('keeps and counts an element without an order number, and keeps its reply for ever', async () => {
    await using database = await openTestDatabase()
    expect(await pull(database, [element(), { remark: '没有单号' }])).toMatchObject({ received: 2, unreadable: 1 })
    await pull(database, [element({ order_sn: 'A2' })])
    expect(await database.call('replies.purge', { before: noon + 1 })).toEqual({ purged: 1 })
    expect(await database.call('replies.purge', { before: noon + 1 })).toEqual({ purged: 0 })
  })

  it('closes a request by what its reply says', async () => {
    await using database = await openTestDatabase()
    const openAfter = async (reply: unknown) => {
      const asked = await ask(database)
      const replyId = await receive(database, asked, reply)
      const result = await database.call('replies.merge', { replyId, at: noon })
      const end = { runId: asked.runId, at: noon, complete: false, said: null, error: null } as const
      await database.call('runs.end', { ...end, outcome: result.outcome })
      const open = await database.call('requests.listOpen', { accountId: account })
      return [result.outcome, open.some((request) => request.id === asked.requestId)]
    }
    expect(await openAfter(replyOf([element()]))).toEqual(['understood', false])
    expect(await openAfter({ code: 403, msg: '无权限' })).toEqual(['refused', false])
    expect(await openAfter({ code: 500, msg: '服务器错误' })).toEqual(['refused', true])
  })

  it('leaves a refused request open while an earlier attempt of it may have delivered something', async () => {
    await using database = await openTestDatabase()
    const asked = await ask(database)
    await database.call('attempts.fail', { attemptId: asked.attemptId, at: noon, error: 'timeout', didNothing: false })
    const second = await attempt(database, asked.requestId)
    const replyId = await receive(database, { ...second, at: noon }, { code: 403, msg: '无权限' })
    await database.call('replies.merge', { replyId, at: noon })
    await database.call('runs.end', {
      runId: asked.runId,
      at: noon,
      outcome: 'refused',
      complete: false,
      said: null,
      error: null,
    })
    expect(await database.call('requests.listOpen', { accountId: account })).toHaveLength(1)
  })

  it('opens a refused request again when it is asked again', async () => {
    await using database = await openTestDatabase()
    const asked = await ask(database)
    const replyId = await receive(database, asked, { code: 403, msg: '无权限' })
    await database.call('replies.merge', { replyId, at: noon })
    await attempt(database, asked.requestId)
    await database.crash()
    await using again = await openTestDatabase({ folder: database.folder })
    expect(await again.call('requests.listOpen', { accountId: account })).toHaveLength(1)
  })

  it('counts unclear replies in a row, over which refusals are passed, until one is understood', async () => {
    await using database = await openTestDatabase()
    const unclear = async () => (await database.call('sync.summary', { accountId: account })).unclearInARow
    const reply = async (value: unknown) => {
      const replyId = await receive(database, await ask(database), value)
      return (await database.call('replies.merge', { replyId, at: noon })).outcome
    }
    expect(await reply({ code: 77, msg: '', data: '' })).toBe('unclear')
    expect(await reply({ code: 403, msg: '无权限' })).toBe('refused')
    expect(await reply({ code: 77, msg: '', data: '' })).toBe('unclear')
    expect(await unclear()).toBe(2)
    expect(await reply({ code: 77, data: [element()] })).toBe('understood')
    expect(await unclear()).toBe(0)
    expect(await reply({ code: 77, msg: '', data: '' })).toBe('understood')
  })

  it('tells of a revision after each merge that changed something, and of none otherwise', async () => {
    await using database = await openTestDatabase()
    const seen: number[] = []
    database.on('orders.changed', ({ revision }) => seen.push(revision))
    await pull(database, [element()])
    await pull(database, [element()])
    await pull(database, [element({ remark: '新' })])
    expect(seen).toHaveLength(2)
    expect(seen[1]).toBeGreaterThan(seen[0]!)
  })

  it('answers queries while a large reply is being merged, and reports progress', async () => {
    await using database = await openTestDatabase()
    const replyId = await receive(database, await ask(database), replyOf(elements(8_000)))
    const progress: number[] = []
    const merge = database.call(
      'replies.merge',
      { replyId, at: noon },
      { onProgress: ({ done }) => progress.push(done) },
    )
    await expect.poll(() => progress.length, { interval: 5 }).toBeGreaterThan(0)
    await database.call('sync.summary', { accountId: account })
    expect(progress.at(-1)).toBeLessThan(8_000)
    expect(await merge).toMatchObject({ new: 8_000 })
    expect(progress.at(-1)).toBe(8_000)
  })
})
