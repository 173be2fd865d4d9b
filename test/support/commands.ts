import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { z } from 'zod'

const script = join(import.meta.dirname, '..', '..', 'scripts', 'start.ts')

export interface CommandOptions {
  dataDir: string
  stdin?: string
  env?: Readonly<Record<string, string>>
}

export interface Ran {
  code: number | null
  stdout: string
  stderr: string
  /** The one JSON line on standard output. Throws where there is anything else. */
  answer: Readonly<Record<string, unknown>> & { ok: boolean }
}

export const passphrase = 'correct horse battery'

/** Runs one of the app's commands as `npm start -- …` does, where there is no display. */
export async function runCommand(args: readonly string[], options: CommandOptions): Promise<Ran> {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...environment } = process.env
  const child = spawn(process.execPath, [script, ...args, '--lang=zh-CN', '--data-dir', options.dataDir], {
    env: { ...environment, HAOKA_PASSPHRASE: passphrase, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin.end(options.stdin ?? '')
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await closed, stdout, stderr, answer: oneLine(stdout, stderr) }
}

const answerSchema = z.looseObject({ ok: z.boolean() })

function oneLine(stdout: string, stderr: string): Ran['answer'] {
  if (!/^\{.*\}\n$/.test(stdout)) throw new Error(`not one JSON line: ${stdout}\n${stderr}`)
  return answerSchema.parse(JSON.parse(stdout))
}
