import { computed, nextTick, onBeforeUnmount, onMounted, ref, type Ref } from 'vue'
import { changesIn, type FeedBook } from '../feed-book.ts'
import { lineHeights, linesBetween, type FeedLine } from '../feed-lines.ts'
import { mostHeight, placeWindow } from '../window-place.ts'

/** Lines are drawn this far beyond what is seen, and the next page is asked for this far before the end; px. */
const around = 400
const nearEnd = 2_400

export interface ShownLine {
  key: string
  line: FeedLine
  /** px from the top of what scrolls. */
  top: number
}

/** Which lines of the book are seen through `host`, which scrolls. */
export function useFeedWindow(host: Ref<HTMLElement | null>, book: () => FeedBook) {
  const scrollTop = ref(0)
  const viewport = ref(0)
  /** px of the feed above what scrolls: see placeWindow. */
  const base = ref(0)

  const tops = computed(() => {
    let top = 0
    return book().pages.map(({ height }) => (top += height) - height)
  })
  const total = computed(() => (tops.value.at(-1) ?? 0) + (book().pages.at(-1)?.height ?? 0))
  const height = computed(() => Math.max(0, Math.min(mostHeight, total.value - base.value)))

  const seen = computed(() => {
    const from = base.value + scrollTop.value - around
    const to = from + viewport.value + 2 * around
    const first = Math.max(
      0,
      tops.value.findLastIndex((top) => top <= from),
    )
    const after = tops.value.findIndex((top) => top >= to)
    const last = Math.max(first, (after < 0 ? tops.value.length : after) - 1)
    return { from, to, first, last, nearEnd: total.value - to + around < nearEnd }
  })
  const shown = computed<ShownLine[]>(() => {
    const { from, to, first, last } = seen.value
    return book()
      .pages.slice(first, last + 1)
      .flatMap(({ lines }, index) => {
        const top = tops.value[first + index] ?? 0
        return linesBetween(lines ?? [], from - top, to - top).map(({ line, top: inPage }) => ({
          key: line.kind === 'change' ? `change ${line.change.id}` : `${line.kind} ${top + inPage}`,
          line,
          top: top + inPage - base.value,
        }))
      })
  })

  function scrolled(): void {
    const element = host.value
    if (element === null) return
    const place = placeWindow({ base: base.value, scrollTop: element.scrollTop }, total.value)
    if (place.base !== base.value) {
      base.value = place.base
      void nextTick(() => {
        element.scrollTop = place.scrollTop
      })
    }
    scrollTop.value = place.scrollTop
  }

  /** Where a change that is held stands; null: it is not held. */
  function topOf(id: number): number | null {
    for (const [index, page] of book().pages.entries()) {
      if (!changesIn(page).some((change) => change.id === id)) continue
      const placed = linesBetween(page.lines ?? [], -1, Number.POSITIVE_INFINITY)
      const at = placed.find(({ line }) => line.kind === 'change' && line.change.id === id)
      return at === undefined ? null : (tops.value[index] ?? 0) + at.top - base.value
    }
    return null
  }

  /** Scrolls no farther than needed; the day's heading covers the first line. */
  function bringIntoSight(id: number): void {
    const element = host.value
    const top = topOf(id)
    if (element === null || top === null) return
    const bottom = top + lineHeights.change
    if (top < element.scrollTop + lineHeights.day) element.scrollTop = Math.max(0, top - lineHeights.day)
    else if (bottom > element.scrollTop + element.clientHeight) element.scrollTop = bottom - element.clientHeight
    scrolled()
  }

  function toTop(): void {
    base.value = 0
    scrollTop.value = 0
    if (host.value !== null) host.value.scrollTop = 0
  }

  const measure = (): void => {
    viewport.value = host.value?.clientHeight ?? 0
  }
  const sizes = new ResizeObserver(measure)
  onMounted(() => {
    measure()
    if (host.value !== null) sizes.observe(host.value)
  })
  onBeforeUnmount(() => sizes.disconnect())

  return { shown, seen, height, scrollTop, base, scrolled, bringIntoSight, toTop }
}
