/** How long one piece of long work may hold up queries, cancels and progress. */
const sliceMs = 12

/** Lets everything that waits in the event loop have its turn. */
export function untilNextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Yields to the event loop whenever a slice of time is used up; most calls return at once. */
export function createSlicer(): () => Promise<void> | undefined {
  let sliceEndsAt = performance.now() + sliceMs
  const turn = async (): Promise<void> => {
    await untilNextTurn()
    sliceEndsAt = performance.now() + sliceMs
  }
  return () => (performance.now() < sliceEndsAt ? undefined : turn())
}
