import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayMs, fromBeijing, hourMs, secondMs, toBeijing } from '#domain/beijing-time.ts'
import { rangeSpanMs } from '#domain/ranges.ts'
import type { Range } from '#shared/contract/common.ts'
import { AppError, type ErrorCode } from '#shared/errors.ts'
import { RangeReader } from '#main/sync/read-range.ts'
import type { Answer } from '#main/upstream/ask.ts'

const start = fromBeijing('2020-01-01 00:00:00')
const days = (n: number): Range => ({ from: toBeijing(start), to: toBeijing(start + n * dayMs) })

const merge = { outcome: 'understood', error: null, didNothing: false, said: null, code: '200' } as const
const none = { received: 0, new: 0, changed: 0, unchanged: 0, unreadable: 0, parts: 0, conflicts: 0, total: null }
const whole = { capped: null, reopened: [] }

function read(tookMs = 100, bytes = 1_000): Answer {
  return { state: 'merged', requestId: 0, merge: { ...merge, ...none, ...whole }, bytes, tookMs }
}

/** Reads a range from an upstream that answers as told; the request's number is its place in the list of asked. */
async function readFrom(
  range: Range,
  answers: (window: Range, index: number) => Answer | ErrorCode,
  signal?: AbortSignal,
  calls = Infinity,
) {
  const asked: Range[] = []
  const closed: number[] = []
  const told: [number, number][] = []
  const reader = new RangeReader({
    ask: (window) => {
      asked.push(window)
      const answer = answers(window, asked.length - 1)
      if (typeof answer !== 'string') return Promise.resolve(answer)
      return Promise.resolve({ state: 'unknown', requestId: asked.length - 1, error: new AppError(answer), said: null })
    },
    close: async (requestId) => void closed.push(requestId),
    signal: signal ?? new AbortController().signal,
    mayGoOn: async () => asked.length < calls,
    onWindows: (done, planned) => told.push([done, planned]),
  })
  const result = await reader.read(range)
  return { ...result, asked, closed, told, spans: asked.map((window) => rangeSpanMs(window) / dayMs) }
}

const nothing = (code: ErrorCode): Answer => ({ state: 'nothing', error: new AppError(code), said: null })

describe('reading a range', () => {
  it('begins with 31 days and doubles while replies are quick and small: ten years take a few calls', async () => {
    const { spans, stopped, unread, unasked } = await readFrom(days(3_653), () => read())
    expect(spans.slice(0, 4)).toEqual([31, 62, 124, 248])
    expect(spans.length).toBeLessThan(8)
    expect({ stopped, unread, unasked }).toEqual({ stopped: null, unread: [], unasked: [] })
  })

  it.each([
    ['slow', read(10_000)],
    ['large', read(100, 20 * 1_048_576)],
  ])('does not double after a reply that was %s', async (_how, reply) => {
    const { spans } = await readFrom(days(100), () => reply)
    expect(spans).toEqual([31, 31, 31, 7])
  })

  it.each(['timeout', 'upstreamFault', 'tooLarge'] as const)('halves a window after %s', async (code) => {
    const { spans, closed, unread } = await readFrom(days(31), (_window, index) => (index === 0 ? code : read()))
    expect(spans).toEqual([31, 15.5, 15.5])
    expect(closed, 'the halved request is closed, its parts being read').toEqual([0])
    expect(unread).toEqual([])
  })

  it('halves down to an hour, reports that hour and reads everything else', async () => {
    const poison = start + 100 * hourMs + 60_000
    const holds = ({ from, to }: Range) => fromBeijing(from) <= poison && poison <= fromBeijing(to)
    const { unread, unasked, stopped, error, closed } = await readFrom(days(31), (window) =>
      holds(window) ? 'upstreamFault' : read(),
    )
    expect(unread).toHaveLength(1)
    expect(rangeSpanMs(unread[0]!)).toBeLessThanOrEqual(hourMs)
    expect(holds(unread[0]!)).toBe(true)
    expect({ unasked, stopped, code: error?.code }).toEqual({ unasked: [], stopped: null, code: 'upstreamFault' })
    expect(closed.length, 'every halved request is closed: the hour has one of its own').toBeGreaterThan(5)
  })

  it('gives up when no part of a window can be read: the upstream is down', async () => {
    const { asked, stopped, open, closed } = await readFrom(days(400), () => 'timeout')
    expect(asked.length).toBeLessThan(20)
    expect(stopped?.code).toBe('timeout')
    expect(open).toBe(true)
    expect(closed, 'the window’s own request stays open for what was not asked').not.toContain(0)
  })

  it('goes on after a bad stretch, leaving it to a repair', async () => {
    const bad = (window: Range) =>
      fromBeijing(window.to) > start + 2 * dayMs && fromBeijing(window.from) < start + 6 * dayMs
    const { stopped, unasked, unread, asked } = await readFrom(days(90), (window) => (bad(window) ? 'timeout' : read()))
    expect(stopped).toBeNull()
    expect(unasked.length + unread.length).toBeGreaterThan(0)
    expect(asked.at(-1)?.to).toBe(days(90).to)
  })

  it.each(['network', 'notJson', 'redirected', 'tls'] as const)('stops at %s, its request left open', async (code) => {
    const { asked, stopped, unread, unasked, open } = await readFrom(days(100), (_window, index) =>
      index === 1 ? code : read(),
    )
    expect(asked).toHaveLength(2)
    expect(stopped?.code).toBe(code)
    expect(unread).toEqual([asked[1]])
    expect(unasked).toHaveLength(1)
    expect(open).toBe(true)
  })

  it.each(['unauthorised', 'quotaUsed', 'network', 'badParameters'] as const)(
    'stops at %s where nothing was done, with nothing open',
    async (code) => {
      const { asked, stopped, unread, open } = await readFrom(days(31), () => nothing(code))
      expect({ asked: asked.length, code: stopped?.code, unread, open }).toEqual({
        asked: 1,
        code,
        unread: [],
        open: false,
      })
    },
  )

  it('goes back to narrower windows when only a wider one is refused as bad parameters', async () => {
    const { stopped, spans, unasked } = await readFrom(days(200), (window) =>
      rangeSpanMs(window) > 40 * dayMs ? nothing('badParameters') : read(),
    )
    expect(stopped).toBeNull()
    expect(unasked).toEqual([])
    expect(Math.max(...spans)).toBe(62)
  })

  it('asks no further window once it is cancelled', async () => {
    const abort = new AbortController()
    const { asked, stopped, unasked } = await readFrom(
      days(400),
      () => {
        abort.abort()
        return read()
      },
      abort.signal,
    )
    expect(asked).toHaveLength(1)
    expect(stopped?.code).toBe('cancelled')
    expect(unasked.length).toBeGreaterThan(0)
  })

  it('asks no more than it may, leaving the rest unasked', async () => {
    const { asked, stopped, unasked } = await readFrom(days(400), () => read(), undefined, 2)
    expect(asked).toHaveLength(2)
    expect(stopped?.code).toBe('cancelled')
    expect(unasked.at(-1)?.to).toBe(days(400).to)
  })

  it('remembers that a reply was unclear, and what was said last', async () => {
    const unclear: Answer = {
      state: 'merged',
      requestId: 0,
      bytes: 1,
      tookMs: 1,
      merge: { ...merge, ...none, ...whole, outcome: 'unclear', said: '维护' },
    }
    const { unclear: seen, said } = await readFrom(days(1), () => unclear)
    expect({ seen, said }).toEqual({ seen: true, said: '维护' })
  })

  it('never plans fewer windows than are done, and ends with as many as planned', async () => {
    const { told } = await readFrom(days(365), (_window, index) => (index % 3 === 1 ? 'timeout' : read()))
    expect(told.every(([done, planned]) => planned > done)).toBe(true)
  })

  it('leaves no second out, whatever fails', async () => {
    const codes = fc.constantFrom(null, null, null, 'timeout', 'upstreamFault', 'network', 'notJson')
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 400 * 24 }),
        fc.array(codes, { maxLength: 40 }),
        async (hours, script) => {
          const range = { from: toBeijing(start), to: toBeijing(start + hours * hourMs) }
          const failed: Range[] = []
          const { asked, unread, unasked, closed, open } = await readFrom(range, (window, index) => {
            const code = script[index] ?? null
            if (code === null) return read()
            failed.push(window)
            return code
          })
          const merged = asked.filter((window) => !failed.includes(window))
          const pieces = [...merged, ...unread, ...unasked].sort((a, b) => (a.from < b.from ? -1 : 1))
          expect(pieces[0]?.from).toBe(range.from)
          expect(
            pieces
              .map(({ to }) => to)
              .sort()
              .at(-1),
          ).toBe(range.to)
          for (const [index, piece] of pieces.slice(1).entries()) expect(piece.from <= pieces[index]!.to).toBe(true)
          const left = failed.length - closed.length
          expect(open, 'a request is open exactly where one was not closed').toBe(left > 0)
        },
      ),
    )
  })
})

describe('a capped reply', () => {
  const cappedRead = (requestId: number, reopened: number[] = [], found = 1): Answer => ({
    state: 'merged',
    requestId,
    bytes: 1_000,
    tookMs: 100,
    merge: { ...merge, ...none, new: found, capped: 'round', reopened },
  })
  const wider = (days: number) => (window: Range) => rangeSpanMs(window) > days * dayMs

  it('has its window halved until it agrees, and its request closed then', async () => {
    const { spans, closed, unread, open, error } = await readFrom(days(31), (window, index) =>
      wider(8)(window) ? cappedRead(index) : read(),
    )
    expect(spans).toEqual([31, 15.5, 7.75, 7.75, 15.5, 7.75, 7.75])
    expect(closed.toSorted()).toEqual([0, 1, 4])
    expect({ unread, open, error }).toEqual({ unread: [], open: false, error: null })
  })

  it('keeps later windows as narrow as those that agreed', async () => {
    const { spans } = await readFrom(days(93), (window, index) => (wider(20)(window) ? cappedRead(index) : read()))
    expect(Math.max(...spans.slice(1))).toBeLessThanOrEqual(15.5)
  })

  it('that shows an earlier one to have been capped has that one read in halves too', async () => {
    const { asked, closed, spans } = await readFrom(days(93), (_window, index) => {
      if (index === 0) return { ...read(), requestId: 0 } as Answer
      return index === 1 ? cappedRead(1, [0]) : read()
    })
    expect(spans).toEqual([31, 62, 15.5, 15.5, 31, 31])
    expect(asked[2]?.from).toBe(days(93).from)
    expect(closed.toSorted()).toEqual([0, 1])
  })

  it('is halved below an hour, and a second that is still capped is reported, its request left open', async () => {
    const busy = start + 100 * hourMs
    const holds = ({ from, to }: Range) => fromBeijing(from) <= busy && busy < fromBeijing(to)
    const { spans, unread, open, error, stopped } = await readFrom(days(31), (window, index) =>
      holds(window) ? cappedRead(index) : read(),
    )
    expect(Math.min(...spans) * dayMs).toBe(secondMs)
    expect(unread).toHaveLength(1)
    expect({ open, code: error?.code, stopped }).toEqual({ open: true, code: 'replyCapped', stopped: null })
  })

  it('of an upstream that ignores the range and always brings the same does not spend the quota', async () => {
    const { asked, closed, unread, open, error } = await readFrom(days(31), (_window, index) =>
      cappedRead(index, [], 0),
    )
    expect(asked.length).toBeLessThan(20)
    expect(closed.toSorted((a, b) => a - b)).toEqual(asked.map((_window, index) => index))
    expect({ unread, open, error }).toEqual({ unread: [], open: false, error: null })
  })
})
