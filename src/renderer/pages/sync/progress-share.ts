import type { SyncProgress } from '#shared/contract/sync.ts'

/** How much of a sync is done, 0 to 1; null: not to be told (one window only, or none planned yet). */
export function progressShare(progress: SyncProgress | null): number | null {
  if (progress === null || progress.windowsPlanned < 2) return null
  return Math.min(1, progress.windowsDone / progress.windowsPlanned)
}
