import { setFlagsFromString } from 'node:v8'

/** The young generation stays as small as it began, and the old one is cleared sooner. */
const flags = ['--semi-space-growth-factor=1', '--optimize-for-size']

/**
 * What is read here is short-lived, and a reply may be half a gigabyte: the engine is to clear its heap instead of letting
 * it grow. A plain Node child is started with bounds; Electron's utility process takes none, so it asks by itself.
 */
export function keepHeapSmall(): void {
  if (!('parentPort' in process) || process.parentPort === undefined) return
  for (const flag of flags) setFlagsFromString(flag)
}
