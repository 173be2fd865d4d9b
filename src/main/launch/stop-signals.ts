const stopSignals = ['SIGINT', 'SIGTERM'] as const

/**
 * Makes the signals that ask a program to end mean `stop`, however often they come: Ctrl+C reaches the whole process
 * group, and `npm start` passes it on besides. To be called after Electron's `ready`: until then Chromium installs
 * handlers of its own, under which the second signal kills; and a library that listened before (when-exit, for
 * unfinished writes) would kill at the first. Listening anew is what puts ours in the place of both.
 */
export function onStopSignal(stop: (signal: NodeJS.Signals) => void): void {
  for (const signal of stopSignals) {
    process.removeAllListeners(signal)
    process.on(signal, () => stop(signal))
  }
}
