/** Collects ids without knowing how many there will be. */
export class GrowingIds {
  #ids = new Int32Array(4_096)
  #count = 0

  push(id: number): void {
    if (this.#count === this.#ids.length) {
      const wider = new Int32Array(this.#ids.length * 2)
      wider.set(this.#ids)
      this.#ids = wider
    }
    this.#ids[this.#count] = id
    this.#count += 1
  }

  /** Adds ids of one and the same cell. */
  pushTied(ids: readonly number[]): void {
    for (const id of ids.length === 1 ? ids : ids.toSorted((one, other) => one - other)) this.push(id)
  }

  done(): Int32Array {
    return this.#ids.slice(0, this.#count)
  }
}
