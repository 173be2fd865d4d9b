import { Readable, Writable } from 'node:stream'
import { onTestFinished } from 'vitest'
import type { PracticeGatewayKeeper } from '#main/accounts/practice-gateway-keeper.ts'
import { runCommand } from '#main/cli/run-command.ts'
import type { Keychain } from '#main/credentials/keychain.ts'
import { startDatabase } from '#main/processes/database-client.ts'
import { upkeepBy } from '#main/processes/upkeep-client.ts'
import { createServices, type Services } from '#main/services.ts'
import { startPracticeGateway, type PracticeGateway, type PracticeOptions } from '#practice/gateway.ts'
import { databaseScript } from './database.ts'
import { MemoryKeychain, noKeychain } from './memory-keychain.ts'
import { nodeFetch } from './node-fetch.ts'
import { temporaryFolder } from './temporary-folder.ts'

export interface InstallationOptions {
  folder?: string
  keychain?: Keychain
  passphrase?: string | null
  recoveryCode?: string
  systemLocale?: string
  practice?: PracticeGatewayKeeper
  fetch?: typeof fetch
  now?: () => number
  /** How long orders of pushes wait until they are looked for. */
  receiver?: { readDelayMs: number; readGapMs: number }
}

/** One start of the app on a data folder: the real services over the real database process, without a window. */
export function startInstallation(options: InstallationOptions & { folder: string }): Services & { logged: string[] } {
  const logged: string[] = []
  const log = (message: string, cause?: unknown): void => void logged.push(`${message} ${String(cause ?? '')}`)
  const passphrase = options.passphrase ?? null
  const services = createServices({
    dataFolder: options.folder,
    clock: { now: options.now ?? Date.now },
    fetch: options.fetch ?? nodeFetch,
    keychain: options.keychain ?? noKeychain(),
    environment: {
      ...(passphrase !== null && { HAOKA_PASSPHRASE: passphrase }),
      ...(options.recoveryCode !== undefined && { HAOKA_RECOVERY_CODE: options.recoveryCode }),
    },
    systemLocale: options.systemLocale ?? 'en-US',
    startDatabase: (target) => startDatabase({ ...target, script: databaseScript, log: (line) => logged.push(line) }),
    upkeep: upkeepBy({ script: databaseScript, log: (line) => logged.push(line) }),
    practice: options.practice ?? noPractice,
    throttleIntervalMs: 20,
    ...(options.receiver !== undefined && { receiver: options.receiver }),
    log: { info: log, warn: log, error: log },
  })
  return { ...services, logged }
}

export const testPassphrase = 'correct horse 电池 staple'

/** What one command printed and how it ended. */
export interface Ran {
  exitCode: number
  /** The line on standard output, parsed. */
  line: Record<string, unknown> & { ok: boolean; error?: { code: string; message: string } }
  stdout: string
  stderr: string
}

/**
 * Runs commands one after the other on one data folder and one computer (a keychain of its own unless the test says
 * otherwise), each as a process of its own would: with a start and an end.
 */
export function commandLine(given: InstallationOptions = {}) {
  const folder = given.folder ?? temporaryFolder()
  const options = { keychain: new MemoryKeychain(), ...given }
  return {
    folder,
    keychain: options.keychain,
    async run(
      words: readonly string[],
      given: { stdin?: string; now?: InstallationOptions; signal?: AbortSignal } = {},
    ): Promise<Ran> {
      const stdout = new Collected()
      const stderr = new Collected()
      const services = startInstallation({ ...options, ...given.now, folder })
      const exitCode = await runCommand(words, services, {
        stdin: Readable.from([Buffer.from(given.stdin ?? '')]),
        stdout,
        stderr,
        cwd: folder,
        signal: given.signal ?? new AbortController().signal,
      })
      return { exitCode, line: JSON.parse(stdout.text) as Ran['line'], stdout: stdout.text, stderr: stderr.text }
    },
  }
}

/** A practice gateway without the one-second rule, unless the test wants it, and what an account needs to reach it. */
export async function upstream(options: PracticeOptions = {}): Promise<PracticeGateway & { json: string }> {
  const gateway = await startPracticeGateway({ orders: 300, minIntervalMs: 0, ...options })
  onTestFinished(() => gateway.close())
  return { ...gateway, json: accountJson(gateway) }
}

export function accountJson(gateway: PracticeGateway, more: Record<string, unknown> = {}): string {
  const { key, token, sk } = gateway.credentials
  return JSON.stringify({ label: 'Main', key, token, sk: sk ?? '', gateway: gateway.url, ...more })
}

/** The practice account's gateway in this process instead of a child. */
export function practiceIn(gateway: PracticeGateway): PracticeGatewayKeeper {
  return {
    start: async () => ({ gateway: gateway.url, ...gateway.credentials, sk: gateway.credentials.sk ?? '' }),
    remove: async () => undefined,
    stop: async () => undefined,
  }
}

const noPractice: PracticeGatewayKeeper = {
  start: () => Promise.reject(new Error('this test has no practice gateway')),
  remove: async () => undefined,
  stop: async () => undefined,
}

class Collected extends Writable {
  text = ''

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: () => void): void {
    this.text += chunk.toString()
    callback()
  }
}
