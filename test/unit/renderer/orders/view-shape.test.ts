import { describe, expect, it } from 'vitest'
import { viewContentSchema } from '#shared/contract/views.ts'
import { fromBeijing } from '#domain/beijing-time.ts'
import { defaultPlaces, withShown } from '#renderer/pages/orders/columns/column-places.ts'
import { everyOrder } from '#renderer/pages/orders/filters/shown-filter.ts'
import { readOpened } from '#renderer/pages/orders/views/read-opened.ts'
import {
  contentOf,
  movedOn,
  readShape,
  sameShape,
  shapeOf,
  withoutPersonal,
  type ViewShape,
} from '#renderer/pages/orders/views/view-shape.ts'

const shape: ViewShape = {
  shown: {
    ...everyOrder(null),
    range: { preset: 'days7' },
    search: '138',
    conditions: [
      { kind: 'text', column: 'phone', op: 'contains', value: '138' },
      { kind: 'text', column: 'courier', op: 'equals', value: '顺丰' },
    ],
    todo: { rule: 'quiet', days: 14 },
  },
  sort: { column: 'changedAt', descending: false },
  places: withShown(defaultPlaces(), 'iccid', true),
}
const at = (day: string) => ({ ms: fromBeijing(`${day} 12:00:00`), today: day })

describe('a view', () => {
  it('comes back from the database as it was saved, with its words for times', () => {
    const content = viewContentSchema.parse(contentOf('追单', shape, at('2024-09-01')))
    expect(content.filter).toMatchObject({ from: '2024-08-26 00:00:00', todo: { today: '2024-09-01' } })
    expect(sameShape(shapeOf(content, defaultPlaces()), shape)).toBe(true)
  })

  it('moves on with the days, and is left alone on the same day', () => {
    const stored = { ...contentOf('追单', shape, at('2024-09-01')), id: 3 }
    expect(movedOn(stored, at('2024-09-01'))).toBeNull()
    expect(movedOn(stored, at('2024-09-02'))).toMatchObject({
      id: 3,
      content: { name: '追单', columns: stored.columns, filter: { from: '2024-08-27 00:00:00' } },
    })
  })

  it('of another program shows its times as they are, and the installation’s columns', () => {
    const { filter, sort } = contentOf('x', shape, at('2024-09-01'))
    const read = shapeOf({ filter, sort, columns: null }, defaultPlaces())
    expect(read.shown.range).toEqual({ preset: 'custom', from: '2024-08-26 00:00:00', to: '2024-09-01 23:59:59' })
    expect(read.places).toEqual(defaultPlaces())
  })

  it('differs by any part: filter, sort, columns', () => {
    expect(sameShape(shape, { ...shape, sort: { descending: false, column: 'changedAt' } })).toBe(true)
    expect(sameShape(shape, { ...shape, sort: { column: 'changedAt', descending: true } })).toBe(false)
    expect(sameShape(shape, { ...shape, places: defaultPlaces() })).toBe(false)
    expect(sameShape(shape, { ...shape, shown: { ...shape.shown, search: '' } })).toBe(false)
  })
})

describe('what is kept in the settings', () => {
  it('holds nothing that could be a customer’s: no search, no filter of a personal column', () => {
    const kept = JSON.stringify(withoutPersonal(shape.shown))
    expect(kept).not.toContain('138')
    expect(kept).toContain('顺丰')
  })

  it('comes back part by part, and what cannot be read is as by default', () => {
    expect(readShape(JSON.parse(JSON.stringify(shape)))).toEqual(shape)
    expect(readShape({ shown: { ...shape.shown, stages: ['lost'] }, sort: shape.sort, places: 3 })).toEqual({
      shown: everyOrder('own'),
      sort: shape.sort,
      places: defaultPlaces(),
    })
    expect(readShape(null)).toBeNull()
  })

  it.each([
    [
      { kind: 'saved', id: 3 },
      { kind: 'saved', id: 3 },
    ],
    [
      { kind: 'builtIn', rule: 'failed' },
      { kind: 'builtIn', rule: 'failed' },
    ],
    [{ kind: 'builtIn', rule: 'lost' }, null],
    [{ kind: 'saved' }, null],
    [null, null],
  ])('%j was open: %j', (stored, opened) => {
    expect(readOpened(stored)).toEqual(opened)
  })
})
