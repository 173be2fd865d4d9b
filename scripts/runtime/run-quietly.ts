import { spawn } from 'node:child_process'

export interface Outcome {
  /** null: it could not be started, was killed or ran out of time. */
  code: number | null
  /** stdout and stderr as they came. */
  output: string
}

export interface QuietOptions {
  cwd?: string
  env?: NodeJS.ProcessEnv
  timeoutMs?: number
}

/** Runs a program without a shell and keeps what it prints, for use only where it failed. */
export function runQuietly(program: string, args: readonly string[], options: QuietOptions = {}): Promise<Outcome> {
  const { timeoutMs, ...rest } = options
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      ...rest,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
    })
    let output = ''
    const keep = (chunk: Buffer): void => {
      output += chunk.toString()
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error) => resolve({ code: null, output: error.message }))
    child.on('close', (code) => resolve({ code, output }))
  })
}
