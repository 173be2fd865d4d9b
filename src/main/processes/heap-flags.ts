/**
 * How the database process keeps its memory small in plain Node (`keepHeapSmall` does it in a utility process): what it reads is short-lived, so that a young generation of 4 MB is
 * enough, and a bound on the old one makes the engine give space back instead of asking for more. The old one begins at
 * 32 MB, or it would be cleared for every few megabytes read.
 */
export const heapFlags: readonly string[] = [
  '--max-old-space-size=128',
  '--initial-old-space-size=32',
  '--max-semi-space-size=4',
]
