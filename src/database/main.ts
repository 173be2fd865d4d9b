import { isMainThread } from 'node:worker_threads'
import { checkpointAsTold } from './pages/checkpoint-thread.ts'
import { serveParent } from './serve-parent.ts'

/** The database process, and its thread: both are this script. */
if (isMainThread) serveParent(new URL(import.meta.url))
else await checkpointAsTold()
