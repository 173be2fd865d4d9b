/**
 * How the database process keeps its memory small: what it reads is short-lived, so that a young generation of
 * 8 MB is enough, and a bound on the old one makes the engine give space back instead of asking for more.
 */
export const heapFlags: readonly string[] = ['--max-old-space-size=128', '--max-semi-space-size=8']
