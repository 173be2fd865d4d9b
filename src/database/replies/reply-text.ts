import { StringDecoder } from 'node:string_decoder'
import type { TextSink } from '#domain/json-stream/reading.ts'
import type { Connection } from '../connection.ts'
import { createSlicer } from '../steps.ts'
import { CharsetGuess } from './charset.ts'
import { replyBytes } from './reply-bytes.ts'

/** Bytes decoded at once: what comes of them is short-lived and is cleared away cheaply. */
const pieceBytes = 65_536

/** The text of one stored reply, however long: never in memory as a whole, and gone through as often as wanted. */
export interface ReplyText {
  readonly charset: string
  /** Feeds all of it; `between` is called now and then, when others have had their turn. Throws tooLarge. */
  feed(sink: TextSink, between?: () => void): Promise<void>
}

/** Throws tooLarge where the reply unpacks to more than the bound. */
export async function openReplyText(
  replies: Connection,
  reply: { id: number; content_type: string },
): Promise<ReplyText> {
  const guess = new CharsetGuess(reply.content_type)
  for await (const bytes of replyBytes(replies, reply.id)) guess.add(bytes)
  const { charset } = guess
  return { charset, feed: (sink, between) => feedText(replies, reply.id, charset, sink, between) }
}

async function feedText(
  replies: Connection,
  replyId: number,
  charset: string,
  sink: TextSink,
  between?: () => void,
): Promise<void> {
  const yieldNow = createSlicer()
  const decoder = decoderFor(charset)
  for await (const bytes of replyBytes(replies, replyId)) {
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      sink.feed(decoder.write(bytes.subarray(at, at + pieceBytes)))
      const turn = yieldNow()
      if (turn === undefined) continue
      await turn
      between?.()
    }
  }
  sink.feed(decoder.end())
}

/** Bytes that are no character become U+FFFD; the stored bytes stay as they came. */
function decoderFor(charset: string): { write(bytes: Uint8Array): string; end(): string } {
  // Several times faster than TextDecoder, and the same but for the mark, which the reader skips.
  if (charset === 'utf-8') {
    const decoder = new StringDecoder('utf8')
    return {
      write: (bytes) => decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)),
      end: () => decoder.end(),
    }
  }
  const decoder = new TextDecoder(charset)
  return { write: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() }
}
