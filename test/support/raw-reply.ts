import type { DatabaseClient } from '#main/processes/database-client.ts'
import type { MergeResult } from '#shared/database/contract.ts'
import { ask, noon } from './sync-steps.ts'

export interface RawReply {
  replyId: number
  runId: number
  merge: MergeResult
}

/** A whole pull whose reply is just these bytes. */
export async function pullBytes(
  database: DatabaseClient,
  body: Uint8Array<ArrayBufferLike> | Iterable<Uint8Array<ArrayBuffer>>,
  { contentType = 'application/json', httpStatus = 200 } = {},
): Promise<RawReply> {
  const { attemptId, runId } = await ask(database)
  const { replyId } = await database.call('replies.begin', { attemptId, at: noon, httpStatus, contentType })
  for (const chunk of body instanceof Uint8Array ? pieces(body) : body)
    await database.call('replies.append', { replyId, chunk })
  await database.call('replies.finish', { replyId, at: noon })
  const merge = await database.call('replies.merge', { replyId, at: noon })
  return { replyId, runId, merge }
}

const pieceBytes = 1_000_000

function* pieces(body: Uint8Array): Generator<Uint8Array<ArrayBuffer>> {
  for (let at = 0; at < body.length; at += pieceBytes) yield Uint8Array.from(body.subarray(at, at + pieceBytes))
}
