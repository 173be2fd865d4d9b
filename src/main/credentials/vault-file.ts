import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '#shared/errors.ts'
import { createFileDurably, readJson, setAside, writeFileDurably } from '../settings/durable-file.ts'
import { passphraseWrapSchema } from './passphrase.ts'

const sealed = z.base64().min(1).max(4_000)

/** The data key in its wrappings. Nothing in here opens without the keychain, the passphrase or the recovery code. */
export const vaultDocumentSchema = z.strictObject({
  version: z.literal(1),
  keychain: sealed.nullable(),
  passphrase: passphraseWrapSchema.nullable(),
  recovery: z.strictObject({ salt: z.base64().max(100), sealed }),
  /** The code itself, under the data key, so that Settings can show it again. */
  recoveryCode: sealed,
  recoveryCodeSeen: z.boolean(),
  secretsThisRunOnly: z.boolean(),
})
export type VaultDocument = z.infer<typeof vaultDocumentSchema>

/**
 * `vault.json` and its copy. Not part of the settings file: whoever loses settings types them again, whoever loses the
 * wrapped key loses every order, so a settings file that is set aside must not take the key with it.
 */
export class VaultFile {
  readonly #path: string
  readonly #copy: string
  readonly #options: { now: () => number; onSetAside: (file: string) => void }

  constructor(dataFolder: string, options: { now: () => number; onSetAside: (file: string) => void }) {
    this.#path = join(dataFolder, 'vault.json')
    this.#copy = join(dataFolder, 'vault.copy.json')
    this.#options = options
  }

  /** Null: never set up. A damaged file is set aside and the copy takes its place. */
  read(): VaultDocument | null {
    const document = this.#readOne(this.#path)
    if (document !== null) {
      // A crash between the two writes of the set-up leaves no copy.
      if (!existsSync(this.#copy)) writeFileDurably(this.#copy, JSON.stringify(document))
      return document
    }
    const copy = this.#readOne(this.#copy)
    if (copy !== null) writeFileDurably(this.#path, JSON.stringify(copy))
    return copy
  }

  /** The document that counts: this one, or that of a process which was quicker. */
  create(document: VaultDocument): VaultDocument {
    if (!createFileDurably(this.#path, JSON.stringify(document))) return this.read() ?? document
    writeFileDurably(this.#copy, JSON.stringify(document))
    return document
  }

  write(document: VaultDocument): void {
    writeFileDurably(this.#path, JSON.stringify(document))
    writeFileDurably(this.#copy, JSON.stringify(document))
  }

  #readOne(path: string): VaultDocument | null {
    if (!existsSync(path)) return null
    const document = readJson(path)
    if (versionOf(document) > 1) throw new AppError('databaseNewer', 'vault.json was written by a newer version')
    const parsed = vaultDocumentSchema.safeParse(document)
    if (parsed.success) return parsed.data
    this.#options.onSetAside(setAside(path, this.#options.now()))
    return null
  }
}

function versionOf(document: unknown): number {
  const parsed = z.looseObject({ version: z.number() }).safeParse(document)
  return parsed.success ? parsed.data.version : 0
}
