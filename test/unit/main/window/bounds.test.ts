import { describe, expect, it } from 'vitest'
import { fitBounds, minimumSize, type Bounds } from '#main/window/bounds.ts'

const laptop: Bounds = { x: 0, y: 0, width: 1_366, height: 728 }
const second: Bounds = { x: 1_366, y: 0, width: 1_920, height: 1_040 }

describe('where the window opens', () => {
  it('fills no more than a small screen the first time, in its middle', () => {
    expect(fitBounds(null, [laptop])).toEqual({ x: 3, y: 0, width: 1_360, height: 728 })
  })

  it('opens where it was, on either screen', () => {
    const saved = { x: 1_500, y: 100, width: 1_200, height: 800 }
    expect(fitBounds(saved, [laptop, second])).toEqual(saved)
  })

  it.each<[string, Bounds]>([
    ['the second screen is gone', { x: 1_500, y: 100, width: 1_200, height: 700 }],
    ['it lies above every screen', { x: 10, y: -300, width: 1_200, height: 700 }],
    ['it lies below every screen', { x: 10, y: 727, width: 1_200, height: 700 }],
    ['only a sliver is left on the right', { x: 1_360, y: 10, width: 1_200, height: 700 }],
    ['only a sliver is left on the left', { x: -1_190, y: 10, width: 1_200, height: 700 }],
  ])('opens in the middle of the first screen when %s', (_title, saved) => {
    expect(fitBounds(saved, [laptop])).toEqual({ x: 83, y: 14, width: 1_200, height: 700 })
  })

  it('shrinks a window that a larger screen once held', () => {
    const placed = fitBounds({ x: 0, y: 0, width: 3_000, height: 2_000 }, [laptop])
    expect(placed).toEqual({ x: 0, y: 0, width: 1_366, height: 728 })
  })

  it('fits its smallest size on 1366×768', () => {
    expect(minimumSize.width).toBeLessThanOrEqual(1_366)
    expect(minimumSize.height).toBeLessThanOrEqual(728 - 30)
  })
})
