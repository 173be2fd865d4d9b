import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { inChunks } from '#main/upstream/in-chunks.ts'

async function* from(pieces: readonly Uint8Array[]) {
  yield* pieces
}

it('cuts the same bytes into chunks of one size that own their buffers, however they came', async () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 })
  await fc.assert(
    fc.asyncProperty(pieces, fc.integer({ min: 1, max: 33 }), async (came, size) => {
      const chunks: Uint8Array[] = []
      for await (const chunk of inChunks(from(came), size)) chunks.push(chunk)
      expect(Buffer.concat(chunks)).toEqual(Buffer.concat(came))
      expect(chunks.slice(0, -1).every((chunk) => chunk.length === size)).toBe(true)
      expect(chunks.every((chunk) => chunk.length > 0 && chunk.buffer.byteLength === chunk.length)).toBe(true)
    }),
  )
})
