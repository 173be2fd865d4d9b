/**
 * The same bytes in chunks of exactly `size`, the last one shorter: few messages to the database however finely the
 * network cuts. Each chunk owns its buffer, because a message copies the whole buffer behind a view.
 */
export async function* inChunks(
  pieces: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  let chunk = new Uint8Array(size)
  let filled = 0
  for await (const piece of pieces) {
    for (let read = 0; read < piece.length;) {
      const part = piece.subarray(read, read + size - filled)
      chunk.set(part, filled)
      filled += part.length
      read += part.length
      if (filled < size) continue
      yield chunk
      chunk = new Uint8Array(size)
      filled = 0
    }
  }
  if (filled > 0) yield chunk.slice(0, filled)
}
