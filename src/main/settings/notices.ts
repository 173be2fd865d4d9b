import { randomUUID } from 'node:crypto'
import type { Notice } from '#shared/contract/settings.ts'
import { Listeners } from '../listeners.ts'

/** What the app must tell once it is open; each stays until the merchant dismisses it or the app ends. */
export class Notices {
  readonly #notices: Notice[] = []
  readonly #changed = new Listeners()

  /** Returns its id, for what tells it to take it back. */
  add(kind: Notice['kind'], data: Notice['data']): string {
    const id = randomUUID()
    this.#notices.push({ id, kind, data })
    this.#changed.tell()
    return id
  }

  /** Newest last, at most the 50 newest. */
  list(): Notice[] {
    return this.#notices.slice(-50)
  }

  dismiss(id: string): void {
    const index = this.#notices.findIndex((notice) => notice.id === id)
    if (index < 0) return
    this.#notices.splice(index, 1)
    this.#changed.tell()
  }

  onChanged(listener: () => void): () => void {
    return this.#changed.add(listener)
  }
}
