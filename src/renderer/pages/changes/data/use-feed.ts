import { onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import type { ChangesFilter, FeedChange, FeedPlace } from '#shared/contract/changes.ts'
import { toAppError, type AppError } from '#shared/errors.ts'
import type { Api } from '../../../api/api.ts'
import { addPage, changesIn, emptyBook, letGo, mapChanges, openBook, putBack, type FeedBook } from '../feed-book.ts'

const pageSize = 100
/** Pages held on either side of what is seen. */
const pagesAround = 4
const quietMs = 500

export interface Feed {
  readonly book: ShallowRef<FeedBook>
  /** Something was read: what is shown may still be of the filter before. */
  readonly ready: Ref<boolean>
  readonly error: ShallowRef<AppError | null>
  /** Changes came that the book does not hold. */
  readonly newer: Ref<boolean>
  /** Begins anew: at the newest, or at a place. */
  restart(from?: FeedPlace | null): Promise<void>
  /** Holds these pages, the ones around them, and one after the last when `end` is near. */
  hold(first: number, last: number, end: boolean): void
  /** The change before or after one, in the feed's order; null: there is none. */
  neighbour(id: number, step: -1 | 1): Promise<FeedChange | null>
  setRead(isRead: (change: FeedChange) => boolean): void
}

export interface FeedQuestion {
  filter: ComputedRef<ChangesFilter | null>
  reveal: ComputedRef<boolean>
  /** The moment up to which the last visit had seen everything. */
  since: Ref<number | null>
  /** The merchant looks at the newest change: what comes may take its place above. */
  atTop: () => boolean
}

export function useFeed(api: Api, { filter, reveal, since, atTop }: FeedQuestion): Feed {
  const book = shallowRef<FeedBook>(emptyBook)
  const ready = ref(false)
  const error = shallowRef<AppError | null>(null)
  const newer = ref(false)
  let start: FeedPlace | null = null
  let round = 0
  let adding: Promise<void> | null = null
  const reading = new Set<number>()
  let timer: ReturnType<typeof setTimeout> | undefined

  function read(after: FeedPlace | null, count = pageSize) {
    if (filter.value === null) throw new Error('no account')
    return api.call('changes.page', { filter: filter.value, after, count, reveal: reveal.value })
  }

  /** Only the newest round may change what is shown. */
  async function during(work: (current: () => boolean) => Promise<void>): Promise<void> {
    const mine = round
    try {
      await work(() => mine === round)
    } catch (thrown) {
      if (mine === round) error.value = toAppError(thrown)
    }
  }

  async function restart(from: FeedPlace | null = null): Promise<void> {
    round += 1
    start = from
    adding = null
    reading.clear()
    await during(async (current) => {
      const first = await read(from)
      if (!current()) return
      book.value = openBook(from, first, since.value)
      newer.value = false
      error.value = null
      ready.value = true
    })
  }

  function more(): Promise<void> {
    if (adding !== null || book.value.next === null) return adding ?? Promise.resolve()
    const after = book.value.next
    adding = during(async (current) => {
      const page = await read(after)
      if (current()) book.value = addPage(book.value, page, since.value)
    }).finally(() => {
      adding = null
    })
    return adding
  }

  async function bring(index: number): Promise<void> {
    const page = book.value.pages[index]
    if (page === undefined || page.lines !== null || reading.has(index)) return
    reading.add(index)
    await during(async (current) => {
      const found = await read(page.after)
      if (current()) book.value = putBack(book.value, index, found, since.value)
    })
    reading.delete(index)
  }

  function hold(first: number, last: number, end: boolean): void {
    book.value = letGo(book.value, first - pagesAround, last + pagesAround)
    for (let index = first; index <= last; index += 1) void bring(index)
    if (end) void more()
  }

  async function neighbour(id: number, step: -1 | 1): Promise<FeedChange | null> {
    const index = book.value.pages.findIndex((page) => changesIn(page).some((change) => change.id === id))
    if (index < 0) return null
    const here = changesIn(book.value.pages[index])
    const beside = here[here.findIndex((change) => change.id === id) + step]
    if (beside !== undefined) return beside
    if (step === 1 && index === book.value.pages.length - 1) await more()
    await bring(index + step)
    return changesIn(book.value.pages[index + step]).at(step === 1 ? 0 : -1) ?? null
  }

  /** Asks for what is newer; shows it at once only where that moves nothing under the merchant's eyes. */
  async function look(): Promise<void> {
    if (start !== null || !ready.value || filter.value === null) return
    await during(async (current) => {
      const { changes } = await read(null, 1)
      if (!current() || changes[0]?.id === changesIn(book.value.pages[0])[0]?.id) return
      if (atTop()) await restart()
      else newer.value = true
    })
  }

  watch(
    () => JSON.stringify(filter.value),
    () => {
      if (filter.value !== null) void restart()
    },
  )
  // What was masked or revealed is let go; what is seen is read anew in its place.
  watch(reveal, () => {
    reading.clear()
    round += 1
    adding = null
    book.value = letGo(book.value, -1, -1)
  })
  const stop = api.on('orders.changed', ({ accountId }) => {
    if (accountId !== filter.value?.accountId || timer !== undefined) return
    timer = setTimeout(() => {
      timer = undefined
      void look()
    }, quietMs)
  })
  onScopeDispose(() => {
    round += 1
    stop()
    clearTimeout(timer)
  })

  return {
    book,
    ready,
    error,
    newer,
    restart,
    hold,
    neighbour,
    setRead(isRead) {
      book.value = mapChanges(book.value, (change) =>
        change.unread && isRead(change) ? { ...change, unread: false } : change,
      )
    },
  }
}
