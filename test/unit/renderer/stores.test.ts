import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { fromBeijing } from '#domain/beijing-time.ts'
import { defaultSort, revealAllMs, useOrdersView } from '#renderer/stores/orders-view.ts'
import { useView } from '#renderer/stores/view.ts'
import { arranged, isDefault, moved, toggled } from '#renderer/export/export-columns.ts'
import { allOrders } from '#shared/contract/order-filter.ts'
import { defaultExportColumns, orderColumns } from '#domain/vocabulary.ts'

const now = fromBeijing('2024-09-01 12:00:00')
beforeEach(() => setActivePinia(createPinia()))

describe("the orders page's view", () => {
  it('opens with all orders of the first tab, unrestricted', () => {
    const view = useOrdersView()
    expect(view.filter('a1', now)).toEqual({ ...allOrders('a1'), type: 'own' })
    expect(view.restricted).toBe(false)
  })

  it('restricts by stage, range and search, and forgets all three at once', () => {
    const view = useOrdersView()
    view.toggleStage('failed')
    view.toggleStage('shipped')
    view.toggleStage('failed')
    view.range = { preset: 'today' }
    view.search = ' 138 '
    expect(view.filter('a1', now)).toMatchObject({ stages: ['shipped'], from: '2024-09-01 00:00:00', search: '138' })
    expect(view.restricted).toBe(true)
    view.clearRestrictions()
    expect([view.restricted, view.filter('a1', now).from]).toEqual([false, null])
  })

  it('leaves the sort of a view with the view, and keeps one that was chosen without a view', () => {
    const view = useOrdersView()
    const byReason = { column: 'reason', descending: false } as const
    view.open({ shown: view.shown, sort: byReason, places: view.places }, { kind: 'builtIn', rule: 'failed' })
    view.clearRestrictions()
    expect([view.sort, view.opened]).toEqual([defaultSort, null])
    view.sort = byReason
    view.clearRestrictions()
    expect(view.sort).toEqual(byReason)
  })

  it('reveals for ten minutes by one key and masks again by the same', () => {
    const view = useOrdersView()
    view.toggleRevealAll(now)
    expect(view.revealedUntil).toBe(now + revealAllMs)
    view.toggleRevealAll(now + 1)
    expect(view.revealedUntil).toBe(0)
    view.toggleRevealAll(now)
    view.toggleRevealAll(now + revealAllMs + 1)
    expect(view.revealedUntil).toBe(now + 2 * revealAllMs + 1)
  })
})

describe('the view', () => {
  it('opens the accounts page with the form that another page asked for', () => {
    const view = useView()
    view.editAccount('a1')
    expect([view.page, view.openForm]).toEqual(['accounts', 'a1'])
  })

  it('goes to the orders to search', () => {
    const view = useView()
    view.go('settings')
    view.callSearch()
    expect([view.page, view.searchAsked]).toEqual(['orders', true])
  })
})

describe('the export columns', () => {
  it('list every column once, the chosen ones first', () => {
    const list = arranged(['phone', 'orderNo'])
    expect(list.slice(0, 2)).toEqual(['phone', 'orderNo'])
    expect(list.toSorted()).toEqual([...orderColumns].toSorted())
  })

  it('come and go, but the last one stays', () => {
    expect(toggled(['phone'], 'iccid')).toEqual(['phone', 'iccid'])
    expect(toggled(['phone', 'iccid'], 'phone')).toEqual(['iccid'])
    expect(toggled(['phone'], 'phone')).toEqual(['phone'])
  })

  it('move by one place and stop at the ends', () => {
    expect(moved(['phone', 'iccid', 'city'], 'city', -1)).toEqual(['phone', 'city', 'iccid'])
    expect(moved(['phone', 'iccid'], 'phone', -1)).toEqual(['phone', 'iccid'])
    expect(moved(['phone', 'iccid'], 'city', 1)).toEqual(['phone', 'iccid'])
  })

  it('know the default', () => {
    expect(isDefault([...defaultExportColumns])).toBe(true)
    expect(isDefault(moved([...defaultExportColumns], 'phone', 1))).toBe(false)
  })
})
