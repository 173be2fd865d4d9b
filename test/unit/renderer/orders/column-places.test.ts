import { describe, expect, it } from 'vitest'
import {
  defaultPlaces,
  isDefaultPlaces,
  movedBy,
  movedTo,
  readPlaces,
  shownColumns,
  withPinned,
  withShown,
  withWidth,
} from '#renderer/pages/orders/columns/column-places.ts'
import { placesFromState } from '#renderer/pages/orders/columns/places-from-state.ts'
import { leads, ledBy, withoutLead } from '#renderer/pages/orders/views/lead-columns.ts'
import { orderColumns } from '#domain/vocabulary.ts'

const names = (places: readonly { name: string }[]): string[] => places.map(({ name }) => name)

describe("the grid's columns", () => {
  it('are all the columns there are but the account, each once', () => {
    expect(names(defaultPlaces()).toSorted()).toEqual(orderColumns.filter((name) => name !== 'account').toSorted())
  })

  it('come back as they were stored', () => {
    const stored = withWidth(withPinned(movedTo(defaultPlaces(), 'phone', 'orderNo'), 'city', 'right'), 'city', 300)
    expect(readPlaces(JSON.parse(JSON.stringify(stored)))).toEqual(stored)
  })

  it.each([null, 'columns', {}, [], [null, 3, { name: 'nothing' }]])(
    'are the default where %j was stored',
    (stored) => {
      expect(isDefaultPlaces(readPlaces(stored))).toBe(true)
    },
  )

  it('drop what is unknown, mend what is wrong, and append what came since', () => {
    const read = readPlaces([
      { name: 'gone', shown: true, width: 100, pinned: null },
      { name: 'phone', shown: 'yes', width: 1e9, pinned: 'up' },
      { name: 'phone', shown: false, width: 50, pinned: null },
    ])
    expect(read[0]).toEqual({ name: 'phone', shown: true, width: 1_200, pinned: null })
    expect(names(read).toSorted()).toEqual(names(defaultPlaces()).toSorted())
  })

  it('never leave a grid without any', () => {
    const none = defaultPlaces().map(({ name, width, pinned }) => ({ name, shown: false, width, pinned }))
    expect(isDefaultPlaces(readPlaces(none))).toBe(true)
    const last = defaultPlaces().reduce((places, { name }) => withShown(places, name, false), defaultPlaces())
    expect(shownColumns(last)).toHaveLength(1)
  })

  it('move to the place of another, by a step, and stop at the ends', () => {
    const three = defaultPlaces().slice(0, 3)
    const [first, second, third] = names(three)
    expect(names(movedTo(three, 'productName', 'orderNo'))).toEqual([third, first, second])
    expect(names(movedBy(three, 'orderNo', 1))).toEqual([second, first, third])
    expect(names(movedBy(three, 'orderNo', -1))).toEqual([first, second, third])
  })

  it('stand with the pinned ones at their sides', () => {
    const places = withPinned(withPinned(defaultPlaces().slice(0, 4), 'productName', 'left'), 'orderNo', 'right')
    expect(shownColumns(places)).toEqual(['productName', 'stage', 'customerName', 'orderNo'])
  })

  it('follow a drag in the grid, and leave out the columns that are none of the merchant’s', () => {
    const state = [
      { colId: 'tick', width: 36, hide: false, pinned: 'left' as const },
      { colId: 'phone', width: 200, hide: false, pinned: null },
      { colId: 'dueOn', width: 100, hide: true, pinned: null },
      { colId: 'orderNo', width: 172, hide: true, pinned: 'right' as const },
    ]
    expect(placesFromState(state, defaultPlaces()).slice(0, 2)).toEqual([
      { name: 'phone', shown: true, width: 200, pinned: null },
      { name: 'orderNo', shown: false, width: 172, pinned: 'right' },
    ])
  })
})

describe('the columns of a built-in view', () => {
  const { columns } = leads.shippedNotActivated

  it('stand shown behind the stage', () => {
    const led = ledBy(defaultPlaces(), columns)
    const stage = led.findIndex(({ name }) => name === 'stage')
    expect(led.slice(stage + 1, stage + 1 + columns.length)).toMatchObject(
      columns.map((name) => ({ name, shown: true })),
    )
  })

  it('go back where they belong, and what was changed by hand stays', () => {
    const own = defaultPlaces()
    expect(withoutLead(ledBy(own, columns), own, columns)).toEqual(own)
    const changed = withWidth(ledBy(own, columns), 'phone', 222)
    expect(withoutLead(changed, own, columns)).toEqual(withWidth(own, 'phone', 222))
  })
})
