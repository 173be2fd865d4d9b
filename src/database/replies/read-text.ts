import { inflateRawSync } from 'node:zlib'
import type { Connection } from '../connection.ts'
import { untilNextTurn } from '../steps.ts'

/** The whole text of a stored reply. Bytes that are no UTF-8 become U+FFFD; the stored bytes stay as they came. */
export async function readReplyText(replies: Connection, replyId: number): Promise<string> {
  const decoder = new TextDecoder('utf-8')
  const parts: string[] = []
  for (let position = 0; ; position += 1) {
    const chunk = replies.get<{ data: Uint8Array }>('SELECT data FROM reply_chunks WHERE reply = ? AND position = ?', [
      replyId,
      position,
    ])
    if (chunk === undefined) break
    parts.push(decoder.decode(inflateRawSync(chunk.data), { stream: true }))
    await untilNextTurn()
  }
  parts.push(decoder.decode())
  return parts.join('')
}
