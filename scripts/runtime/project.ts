import { join } from 'node:path'

/** The clone's own folder: everything else is found from here, whatever the caller's working directory. */
export const projectFolder = join(import.meta.dirname, '..', '..')

/** Progress of scripts goes to stderr: stdout carries results only. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`)
}
