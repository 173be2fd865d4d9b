import type { PushedItem } from '#domain/push/read-push.ts'
import type { Session } from '../session.ts'
import { createSlicer, untilNextTurn } from '../steps.ts'
import { mergePushTx, readStoredPush, type PushMerged } from './merge-push.ts'
import { nextUnmerged, type PushBody } from './push-bodies.ts'

/**
 * Reads and merges stored pushes in the background, in the order in which they came, while there are any. A push that
 * cannot be merged stays stored and is tried again at the next start; it never keeps the others waiting.
 */
export class PushDesk {
  readonly #session: Session
  #working: Promise<void> | null = null
  #more = false
  /** Everything up to here was tried by this process. */
  #triedId = 0

  constructor(session: Session) {
    this.#session = session
  }

  /** Something may have come. */
  wake(): void {
    this.#more = true
    this.#working ??= this.#work().finally(() => {
      this.#working = null
    })
  }

  /** Resolves once everything received before is merged, as far as it can be. */
  async settle(): Promise<void> {
    this.#triedId = 0
    this.wake()
    await this.#working
  }

  async #work(): Promise<void> {
    const { replies, log } = this.#session
    while (this.#more) {
      this.#more = false
      try {
        for (
          let next = nextUnmerged(replies, this.#triedId);
          next.length > 0;
          next = nextUnmerged(replies, this.#triedId)
        )
          await this.#merge(next)
      } catch (thrown) {
        log(`pushes could not be merged: ${codeOf(thrown)}`)
      }
    }
  }

  async #merge(pushes: readonly PushBody[]): Promise<void> {
    const together = await this.#mergeTogether(pushes).catch(() => null)
    if (together === null) for (const push of pushes) await this.#mergeAlone(push)
    this.#triedId = pushes.at(-1)?.id ?? this.#triedId
    for (const accountId of new Set(pushes.map((push) => push.accountId))) this.#session.pushesChanged(accountId)
    await untilNextTurn()
  }

  async #mergeAlone(push: PushBody): Promise<void> {
    await this.#mergeTogether([push]).catch((thrown: unknown) =>
      this.#session.log(`push ${push.id} could not be merged: ${codeOf(thrown)}`),
    )
  }

  async #mergeTogether(pushes: readonly PushBody[]): Promise<true> {
    const { orders, replies } = this.#session
    const read: { push: PushBody; items: PushedItem[] }[] = []
    for (const push of pushes) {
      read.push({ push, items: await readStoredPush(orders, push) })
      await untilNextTurn()
    }
    const merged = await orders.write(async () => {
      const yieldNow = createSlicer()
      const results: { push: PushBody; result: PushMerged }[] = []
      for (const { push, items } of read) {
        results.push({ push, result: await mergePushTx(orders, push, items) })
        await yieldNow()
      }
      return results
    })
    await replies.write(() => {
      for (const { push, result } of merged)
        replies.run('UPDATE pushes SET merged = 1, keep = ? WHERE id = ?', [result.keep ? 1 : 0, push.id])
    })
    this.#tell(merged)
    return true
  }

  #tell(merged: readonly { push: PushBody; result: PushMerged }[]): void {
    const changed = new Set(merged.filter(({ result }) => result.changed).map(({ push }) => push.accountId))
    if (changed.size === 0) return
    this.#session.revision += 1
    for (const accountId of changed) this.#session.ordersChanged(accountId)
  }
}

/** What an error may tell the log: never a value. */
function codeOf(thrown: unknown): string {
  if (thrown instanceof Error && 'code' in thrown) return String(thrown.code)
  return thrown instanceof Error ? thrown.name : 'unknown'
}
