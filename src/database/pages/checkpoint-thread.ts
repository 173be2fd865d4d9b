import { Worker, workerData } from 'node:worker_threads'
import { openConnection } from '../connection.ts'

/** What the thread is to do. */
interface CheckpointData {
  readonly checkpoint: { readonly file: string; readonly key: string }
}

/**
 * Moves a shared file's log into it on a thread of its own: after a large transaction that takes seconds, and queries go
 * on meanwhile. `script` is the database process's. Rejects where it cannot; the log stays then, as good as it was.
 */
export function checkpointOnThread(script: URL, file: string, key: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const data: CheckpointData = { checkpoint: { file, key } }
    const worker = new Worker(script, { workerData: data })
    worker.once('error', reject)
    worker.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the thread ended with ${code}`))))
  })
}

/** What the thread does. */
export async function checkpointAsTold(): Promise<void> {
  const { checkpoint } = workerData as CheckpointData
  const connection = await openConnection(checkpoint.file, checkpoint.key, () => undefined, { shared: true })
  try {
    connection.checkpoint()
  } finally {
    connection.leave()
  }
}
