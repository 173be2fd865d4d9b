/** A list of listeners to one kind of news. */
export class Listeners<T = void> {
  readonly #listeners = new Set<(value: T) => void>()

  /** Returns the function that stops listening. */
  add(listener: (value: T) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  tell(value: T): void {
    for (const listener of this.#listeners) listener(value)
  }
}
