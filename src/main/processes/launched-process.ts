import type { Port } from '#shared/rpc/route.ts'

/** A started child, whichever way it was started. */
export interface LaunchedProcess<Out, In> {
  readonly kind: 'utility' | 'node'
  /** undefined until it has started. */
  readonly pid: number | undefined
  readonly port: Port<Out, In>
  /** The exit code; null when a signal ended it. Never rejects. */
  readonly exited: Promise<number | null>
  /** Closes its channel, on which it ends by itself. */
  end(): void
  /** At once, without asking it. */
  kill(): void
}

export interface LaunchOptions {
  /** What the child is called in the system's process list. */
  name: string
  /** Node 22.14 or newer, for hosts that cannot run the child themselves. Default: this process's own executable. */
  nodeExecutable?: string
  /** Flags of the engine for a plain Node child; a utility process takes none. */
  execArgv?: readonly string[]
  /** Takes what the child writes on stdout and stderr, line by line. */
  log: (line: string) => void
}

/**
 * Linux only, mallopt(3): large blocks go back to the system when they are freed, always. By itself the C library keeps
 * ever larger ones once some were freed, and the lists of a million orders would leave 40 MB of holes.
 */
const givingMemoryBack = { MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_TRIM_THRESHOLD_: '131072' }

/** The child's environment: nothing that is secret, and nothing that would change how Node starts. */
export function childEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name, value]) =>
      value !== undefined && !name.startsWith('HAOKA_') && !['NODE_OPTIONS', 'ELECTRON_RUN_AS_NODE'].includes(name),
  )
  return { ...givingMemoryBack, ...(Object.fromEntries(kept) as Record<string, string>) }
}
