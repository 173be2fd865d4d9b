/** Where a child stands in its container: the position in an array, the key in an object. */
export type Key = string | number

/**
 * How a value is read. take: its text is handed over whole, up to a bound. open: what is in it is read one by one (of a
 * string: the JSON inside it). skip: it is only stepped over.
 */
export type Reading = 'take' | 'open' | 'skip'

/** Takes what one opened container holds, in its order. */
export interface JsonContainer {
  /** Asked where a child begins; `opens` is its first character. */
  reading(key: Key, opens: string): Reading
  /**
   * A child's own JSON text. Returning `open` reads the same child again, one by one, where it is a container or a
   * string.
   */
  take(key: Key, text: string): 'open' | void
  /** A child to be taken is longer than the bound; `head` is what has come of it. It is opened, or skipped. */
  tooLong(key: Key, head: string): 'open' | 'skip'
  /** A child is opened: what takes its content. */
  open(key: Key, kind: 'array' | 'object'): JsonContainer
  /** A string that was to be opened holds no JSON: `head` is its beginning, as a value. */
  plainText(key: Key, head: string): void
}

/** Takes a text piece by piece. */
export interface TextSink {
  feed(text: string): void
}
