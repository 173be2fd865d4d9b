/** One place in a reply where elements stand. */
export interface Place {
  /** Segments from the reply's root, those of arrays as digits; `*` stands for any. */
  path: readonly string[]
  /**
   * list: the children of what stands there. numbered: of an object, those under keys that look like numbers. named: of
   * an object, those that are objects. single: what stands there itself.
   */
  kind: 'list' | 'numbered' | 'named' | 'single'
}

/** A key under which elements are numbered: an order's own number, or a position. */
export function isNumbered(key: string): boolean {
  return /^\d+$/.test(key) || isLikeNumber(key)
}

/** A key that may be the number of the order under it. */
export function isLikeNumber(key: string): boolean {
  return /^[A-Za-z0-9_-]{5,64}$/.test(key) && /\d{4}/.test(key)
}
