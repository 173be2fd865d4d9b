import { describe, expect, it, vi } from 'vitest'
import { idsBetween, selectionChanges, type RowIds } from '#renderer/pages/orders/selection/extend-selection.ts'
import {
  asOnly,
  everythingSelected,
  isEmpty,
  isSelected,
  namedAtMost,
  nothingSelected,
  selectedCount,
  someSelected,
  toggled,
  withSelected,
  type RowSelection,
} from '#renderer/pages/orders/selection/row-selection.ts'

describe('a selection', () => {
  it('means nothing at first, and says so to a filter', () => {
    expect(isEmpty(nothingSelected)).toBe(true)
    expect(asOnly(nothingSelected)).toEqual({ ids: [] })
  })

  it('of all that match names nobody, and counts by the total', () => {
    expect(asOnly(everythingSelected)).toBeNull()
    expect(isSelected(everythingSelected, 123_456)).toBe(true)
    expect([selectedCount(everythingSelected, 12_408), selectedCount(everythingSelected, null)]).toEqual([12_408, null])
  })

  it('of all but some takes them out, and counts them off', () => {
    const allBut = toggled(toggled(everythingSelected, 7) ?? nothingSelected, 9) ?? nothingSelected
    expect(asOnly(allBut)).toEqual({ allBut: [7, 9] })
    expect([isSelected(allBut, 7), isSelected(allBut, 8), selectedCount(allBut, 10)]).toEqual([false, true, 8])
    expect(asOnly(withSelected(allBut, [7, 9], true) ?? nothingSelected)).toBeNull()
  })

  it('takes a row in and out', () => {
    const one = toggled(nothingSelected, 5) ?? nothingSelected
    expect(asOnly(one)).toEqual({ ids: [5] })
    expect(isEmpty(toggled(one, 5) ?? one)).toBe(true)
  })

  it('refuses to name more orders than a filter takes', () => {
    const most = someSelected(Array.from({ length: namedAtMost }, (_, id) => id + 1))
    expect(toggled(most, namedAtMost + 1)).toBeNull()
    expect(toggled(most, 1)).not.toBeNull()
  })
})

/** Rows whose id is ten times their index; those below `loaded` are in the grid. */
function rowsUpTo(loaded: number): RowIds & { read: ReturnType<typeof vi.fn> } {
  return {
    at: (index) => (index < loaded ? index * 10 : undefined),
    read: vi.fn(async (start: number, count: number) => Array.from({ length: count }, (_, at) => (start + at) * 10)),
  }
}

describe('a range of rows', () => {
  it('comes from the grid where it is loaded, whichever end is first', async () => {
    const rows = rowsUpTo(100)
    expect(await idsBetween(rows, 4, 2)).toEqual([20, 30, 40])
    expect(rows.read).not.toHaveBeenCalled()
  })

  it('is read in windows where it is not', async () => {
    const rows = rowsUpTo(100)
    const ids = await idsBetween(rows, 0, 1_199)
    expect([ids?.length, ids?.at(-1)]).toEqual([1_200, 11_990])
    expect(rows.read.mock.calls).toEqual([
      [0, 500],
      [500, 500],
      [1_000, 200],
    ])
  })

  it('is refused beyond what a selection can name', async () => {
    expect(await idsBetween(rowsUpTo(0), 0, namedAtMost)).toBeNull()
  })
})

describe('selecting as in a spreadsheet', () => {
  function desk(loaded = 1_000, begin: RowSelection = nothingSelected) {
    let selection = begin
    const tooMany = vi.fn()
    const rows = rowsUpTo(loaded)
    const changes = selectionChanges(
      rows,
      () => selection,
      (next) => {
        selection = next
      },
      tooMany,
    )
    return { changes, rows, tooMany, ids: () => [...selection.ids].toSorted((one, other) => one - other) }
  }

  it('grows and shrinks a range from where it began', async () => {
    const { changes, ids } = desk()
    changes.restart(5)
    await changes.extendTo(6, 5)
    await changes.extendTo(7, 6)
    expect(ids()).toEqual([50, 60, 70])
    await changes.extendTo(6, 7)
    expect(ids()).toEqual([50, 60])
    await changes.extendTo(3, 6)
    expect(ids()).toEqual([30, 40, 50])
  })

  it('begins the next range where a row was toggled', async () => {
    const { changes, ids } = desk()
    changes.toggle(2, 20)
    await changes.extendTo(4, 2)
    expect(ids()).toEqual([20, 30, 40])
  })

  it('lets the latest of two ranges win, however long the first is read', async () => {
    const { changes, rows, ids } = desk(10)
    let answer: (ids: number[]) => void = () => undefined
    rows.read.mockImplementationOnce(() => new Promise<number[]>((resolve) => (answer = resolve)))
    changes.restart(5)
    const first = changes.extendTo(20, 5)
    await changes.extendTo(6, 20)
    answer([1, 2, 3])
    await first
    expect(ids()).toEqual([50, 60])
  })

  it('never lets rows fall out of "all that match" by drawing a range', async () => {
    const { changes, ids } = desk(1_000, { kind: 'allBut', ids: new Set([30, 400]) })
    changes.restart(2)
    await changes.extendTo(4, 2)
    expect(ids()).toEqual([400])
  })

  it('says so where a range is too long', async () => {
    const { changes, tooMany, ids } = desk(0)
    changes.restart(0)
    await changes.extendTo(namedAtMost, 0)
    expect(tooMany).toHaveBeenCalledOnce()
    expect(ids()).toEqual([])
  })
})
