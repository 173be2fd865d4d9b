import type { Keychain } from '#main/credentials/keychain.ts'
import { seal, unseal } from '#main/credentials/seal.ts'
import { startDatabase } from '#main/processes/database-client.ts'
import { upkeepBy } from '#main/processes/upkeep-client.ts'
import { createServices, type Services } from '#main/services.ts'
import { orderTypes } from '#domain/vocabulary.ts'
import { nodeFetch } from '../../test/support/node-fetch.ts'
import type { Checkpoints } from './checkpoints.ts'
import { databaseScript } from './ledger.ts'
import { watchDatabase, type ReplyWatcher } from './watched-database.ts'
import type { Installation } from './worker-contract.ts'

const label = 'crash'
/** Longer than any reply here is held up. */
const timeoutMs = 20_000

/** The real services on the real database process, with checkpoints at the two borders: database and network. */
export function startApp(installation: Installation, checkpoints: Checkpoints, watcher: ReplyWatcher): Services {
  const log = (message: string, cause?: unknown): void =>
    void process.stderr.write(`${message} ${String(cause ?? '')}\n`)
  const watchedFetch: typeof fetch = async (input, init) => {
    await checkpoints.pass('before fetch')
    const response = await nodeFetch(input, init)
    await checkpoints.pass('after fetch')
    return response
  }
  return createServices({
    dataFolder: installation.folder,
    clock: { now: () => Date.now() + installation.clockOffsetMs },
    fetch: watchedFetch,
    keychain: keychainOf(Buffer.from(installation.keychainKey, 'hex')),
    environment: {},
    systemLocale: 'zh-CN',
    startDatabase: async (target) => {
      const client = await startDatabase({ ...target, script: databaseScript, log: (line) => log(line) })
      return watchDatabase(client, checkpoints, watcher)
    },
    upkeep: upkeepBy({ script: databaseScript, log: (line) => log(line) }),
    practice: {
      start: () => Promise.reject(new Error('no practice account here')),
      remove: async () => undefined,
      stop: async () => undefined,
    },
    throttleIntervalMs: installation.throttleIntervalMs,
    log: { info: () => undefined, warn: log, error: log },
  })
}

/** The account's id: the one there is, or a new one. */
export async function ensureAccount(services: Services, { gateway, key, token, sk }: Installation): Promise<string> {
  const [known] = services.accounts.list()
  if (known !== undefined) return known.id
  const plain = { name: '', apiUser: '', sharedWithOthers: false, method: 'GET' } as const
  const settings = { label, types: [...orderTypes], gateway, timeoutMs, ...plain }
  return (await services.accounts.save({ settings, secrets: { key, token, sk } })).id
}

/** The keychain of one computer: every start finds it as it was. */
function keychainOf(key: Buffer): Keychain {
  return {
    available: () => true,
    encrypt: (text) => Buffer.from(seal(key, text, label)),
    decrypt(encrypted) {
      const text = unseal(key, encrypted.toString(), label)
      if (text === null) throw new Error('another keychain')
      return text
    },
  }
}
