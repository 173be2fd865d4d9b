const pollMs = 200

/**
 * A SIGTERM to `npm run` or `npm start` reaches npm and the shell between, which dies without passing it on. Under npm,
 * therefore, the end of the parent counts as the signal. Returns what ends the watch, which keeps no process alive.
 */
export function whenOrphaned(stop: () => void): () => void {
  if (process.env['npm_lifecycle_event'] === undefined) return () => undefined
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    stop()
  }, pollMs).unref()
  return () => clearInterval(watch)
}
