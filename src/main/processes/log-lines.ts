import { createInterface } from 'node:readline'

/** Hands a child's output on, line by line. */
export function logLines(stream: NodeJS.ReadableStream | null, log: (line: string) => void): void {
  if (stream === null) return
  createInterface({ input: stream }).on('line', log)
}
