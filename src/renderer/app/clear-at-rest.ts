/** So long nothing is pressed, typed or scrolled before the heap is cleared. */
const restMs = 1_500
/** What a merchant does; scrolling does not bubble, so it is caught on its way down. */
const activities = ['keydown', 'pointerdown', 'wheel', 'scroll'] as const

/**
 * A grid that scrolls drops thousands of rows. The engine lets them lie, some 150 MB of them, until more memory is
 * asked for; told to keep its heap small at all times it makes frames late. So it clears them when the merchant rests,
 * and nobody waits for it. Does nothing where main does not let pages clear their heap.
 */
export function clearAtRest(page: typeof window): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const wait = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => page.gc?.({ type: 'major', execution: 'async', flavor: 'last-resort' }), restMs)
  }
  for (const activity of activities) page.addEventListener(activity, wait, { capture: true, passive: true })
  wait()
}
