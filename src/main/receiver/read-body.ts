import type { IncomingMessage } from 'node:http'

/** The body is longer than is taken. */
export class BodyTooLarge extends Error {}
/** There is no room for it at the moment. */
export class NoRoom extends Error {}

/**
 * The whole body of at most so many bytes. Rejects with BodyTooLarge as soon as it is longer (or says it will be), with
 * NoRoom when `takes` refuses a piece, and when the sender breaks off.
 */
export async function readBody(
  request: IncomingMessage,
  mostBytes: number,
  takes: (bytes: number) => boolean,
): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) throw new BodyTooLarge()
  const pieces: Buffer[] = []
  let bytes = 0
  // Not `for await`: leaving that loop destroys the request, and the answer with it.
  return new Promise((resolve, reject) => {
    request.on('data', (piece: Buffer) => {
      bytes += piece.length
      if (bytes > mostBytes) reject(new BodyTooLarge())
      else if (takes(piece.length)) pieces.push(piece)
      else reject(new NoRoom())
    })
    request.once('end', () => resolve(Buffer.concat(pieces)))
    request.once('error', reject)
    request.once('close', () => reject(new Error('the sender broke off')))
  })
}
