/**
 * A browser's element can be some 33 million pixels high; a million changes are higher. So what scrolls is a window on
 * the feed of at most this height, and it is moved along when the merchant comes near its end.
 */
export const mostHeight = 12_000_000
const margin = 2_000_000
const shift = 6_000_000

export interface WindowPlace {
  /** px of the feed above the window. */
  base: number
  scrollTop: number
}

/** Where the window should stand; what is seen stays where it is. */
export function placeWindow({ base, scrollTop }: WindowPlace, total: number): WindowPlace {
  const height = Math.min(mostHeight, total - base)
  if (scrollTop > height - margin && total - base > mostHeight)
    return { base: base + shift, scrollTop: scrollTop - shift }
  if (scrollTop < margin && base > 0) {
    const back = Math.min(base, shift)
    return { base: base - back, scrollTop: scrollTop + back }
  }
  return { base, scrollTop }
}
