import { createHash } from 'node:crypto'
import { read } from 'node:fs'
import { promisify } from 'node:util'
import { pageBytes, PageMacs } from './page-macs.ts'

/** Read and verified between two turns of the event loop: under a millisecond's work. */
const sliceBytes = 64 * pageBytes
const readAt = promisify(read)

export interface PagesRead {
  /** Of the whole file. */
  readonly sha256: string
  readonly bytes: number
  /** Some page verified: the key is the file's. */
  readonly keyFits: boolean
  /** Some page did not verify, or the file ends within or before its last page. */
  readonly damaged: boolean
}

export interface PageReading {
  readonly fd: number
  /** Where the file must end. */
  readonly bytes: number
  readonly key: string
  /** Takes the bytes in order. */
  readonly onSlice?: (slice: Uint8Array) => Promise<void>
  readonly progress?: (bytes: number) => void
  /** Throws where reading on makes no sense. */
  readonly check?: () => void
}

/** Reads every page of a file that stands still, and verifies each. Other work gets its turn between the slices. */
export async function readPages(reading: PageReading): Promise<PagesRead> {
  const { fd, bytes, key, check } = reading
  const hash = createHash('sha256')
  const buffer = Buffer.alloc(sliceBytes)
  let macs: PageMacs | null = null
  let keyFits = false
  let damaged = bytes % pageBytes !== 0 || bytes === 0
  let position = 0
  while (position < bytes) {
    check?.()
    const { bytesRead } = await readAt(fd, buffer, 0, Math.min(sliceBytes, bytes - position), position)
    if (bytesRead === 0) return { sha256: hash.digest('hex'), bytes: position, keyFits, damaged: true }
    const slice = buffer.subarray(0, bytesRead)
    macs ??= new PageMacs(key, slice)
    for (let at = 0; at + pageBytes <= bytesRead; at += pageBytes) {
      const state = macs.stateOf(slice.subarray(at, at + pageBytes), (position + at) / pageBytes + 1)
      keyFits ||= state === 'good'
      damaged ||= state === 'damaged'
    }
    hash.update(slice)
    await reading.onSlice?.(slice)
    position += bytesRead
    reading.progress?.(position)
  }
  return { sha256: hash.digest('hex'), bytes, keyFits, damaged }
}
