import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDatabase, type DatabaseClient } from '#main/processes/database-client.ts'
import type { MergeResult } from '#shared/database/contract.ts'
import { projectFolder } from '../runtime/project.ts'
import { chunks } from './raw-reply.ts'

export const benchKey = '5'.repeat(64)
export const accountId = 'bench'

/** The real database process on files of its own; `remove` deletes them. */
export interface BenchDatabase {
  readonly client: DatabaseClient
  readonly folder: string
  /** The orders file. */
  readonly file: string
  close(): Promise<void>
  remove(): void
}

export async function openBenchDatabase(): Promise<BenchDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'haoka-bench-'))
  const script = join(projectFolder, 'out', 'main', 'database.js')
  const client = await startDatabase({ script, folder, name: 'orders', key: benchKey, log: () => undefined })
  return {
    client,
    folder,
    file: join(folder, 'orders.db'),
    close: () => client.close(),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** One call's way through the database as a sync goes it, from the first byte of the reply to merged rows. */
export async function mergeReply({ client }: BenchDatabase, reply: Uint8Array<ArrayBuffer>): Promise<MergeResult> {
  const at = Date.now()
  const request = { accountId, type: 'own', channel: 'sync', range: null } as const
  const { runId } = await client.call('runs.begin', { ...request, purpose: 'sync', at })
  const { requestId } = await client.call('requests.open', { ...request, runId, at })
  const attempt = { requestId, keyFingerprint: '0'.repeat(64), day: '2024-09-01', limit: 10_000, at }
  const { attemptId } = await client.call('attempts.begin', attempt)
  const head = { attemptId, at, httpStatus: 200, contentType: 'application/json' }
  const { replyId } = await client.call('replies.begin', head)
  for (const chunk of chunks(reply)) await client.call('replies.append', { replyId, chunk })
  await client.call('replies.finish', { replyId, at })
  return client.call('replies.merge', { replyId, at })
}
