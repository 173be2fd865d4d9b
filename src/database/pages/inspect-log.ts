import { closeSync, existsSync, fstatSync, openSync, readSync, statSync } from 'node:fs'
import { pageBytes } from './page-macs.ts'

/** https://sqlite.org/fileformat.html#the_write_ahead_log */
const headerBytes = 32
const frameHeaderBytes = 24
const frameBytes = frameHeaderBytes + pageBytes
/** Flipped bits at which a frame still counts as this log's: an older log's salts differ in about half of theirs. */
const flippedBits = 4

export interface LogInspection {
  /** Something lies in the log: the process before did not close the file. */
  readonly used: boolean
  /** Frames up to the last commit that was ever finished in this log. SQLite must have found as many. */
  readonly committedFrames: number
}

/**
 * Looks into a write-ahead log before SQLite opens it. SQLite silently stops at the first frame that is damaged, and
 * every commit behind it is gone; this tells how many there should have been. A torn end after a power cut can look
 * the same, which costs a range that is asked again and nothing else.
 */
export function inspectLog(file: string): LogInspection {
  if (!existsSync(file) || statSync(file).size === 0) return { used: false, committedFrames: 0 }
  const fd = openSync(file, 'r')
  try {
    return { used: true, committedFrames: committedFrames(fd, fstatSync(fd).size) }
  } finally {
    closeSync(fd)
  }
}

function committedFrames(fd: number, bytes: number): number {
  const header = readBytes(fd, 0, headerBytes)
  const firstFrame = readBytes(fd, headerBytes, frameHeaderBytes)
  // SQLite ignores a log whose header is damaged; its first frame still tells the salts.
  const salts = headerIsWhole(header) ? header.subarray(16, 24) : firstFrame.subarray(8, 16)
  let committed = 0
  for (let index = 1, at = headerBytes; at + frameHeaderBytes <= bytes; index += 1, at += frameBytes) {
    const frame = readBytes(fd, at, frameHeaderBytes)
    const ofThisLog = distance(frame.subarray(8, 16), salts) <= flippedBits
    if (ofThisLog && frame.readUInt32BE(4) !== 0) committed = index
  }
  return committed
}

function readBytes(fd: number, at: number, count: number): Buffer {
  const bytes = Buffer.alloc(count)
  readSync(fd, bytes, 0, count, at)
  return bytes
}

function headerIsWhole(log: Buffer): boolean {
  const bigEndian = (log[3] ?? 0) % 2 === 1
  const word = (at: number): number => (bigEndian ? log.readUInt32BE(at) : log.readUInt32LE(at))
  let first = 0
  let second = 0
  for (let at = 0; at < 24; at += 8) {
    first = (first + word(at) + second) >>> 0
    second = (second + word(at + 4) + first) >>> 0
  }
  return first === log.readUInt32BE(24) && second === log.readUInt32BE(28)
}

function distance(a: Uint8Array, b: Uint8Array): number {
  let bits = 0
  for (let index = 0; index < a.length; index += 1)
    for (let left = (a[index] ?? 0) ^ (b[index] ?? 0); left > 0; left &= left - 1) bits += 1
  return bits
}
