import { randomBytes, scrypt } from 'node:crypto'
import { z } from 'zod'
import { keyBytes, seal, unseal } from './seal.ts'

/** scrypt at about 128 MB and half a second: what a guess costs, too. */
const cost = { N: 2 ** 17, r: 8, p: 1 } as const
const about = 'data key by passphrase'

/** The data key as the passphrase wraps it. The cost lies beside it, so that it can be raised later. */
export const passphraseWrapSchema = z.strictObject({
  salt: z.base64().max(100),
  N: z
    .number()
    .int()
    .min(2 ** 14)
    .max(2 ** 20),
  r: z.literal(8),
  p: z.literal(1),
  sealed: z.base64().max(500),
})
export type PassphraseWrap = z.infer<typeof passphraseWrapSchema>

export async function wrapByPassphrase(dataKey: Buffer, passphrase: string): Promise<PassphraseWrap> {
  const salt = randomBytes(16)
  const key = await stretch(passphrase, salt, cost.N)
  return { salt: salt.toString('base64'), ...cost, sealed: seal(key, dataKey.toString('base64'), about) }
}

/** The data key, or null when the passphrase is wrong. */
export async function unwrapByPassphrase(wrap: PassphraseWrap, passphrase: string): Promise<Buffer | null> {
  const key = await stretch(passphrase, Buffer.from(wrap.salt, 'base64'), wrap.N)
  const opened = unseal(key, wrap.sealed, about)
  return opened === null ? null : Buffer.from(opened, 'base64')
}

/**
 * `HAOKA_PASSPHRASE`, for runs where nobody can be asked. It is taken out of the environment at once, so that no child
 * process inherits it.
 */
export function takePassphrase(environment: NodeJS.ProcessEnv): string | null {
  const passphrase = environment['HAOKA_PASSPHRASE'] ?? ''
  delete environment['HAOKA_PASSPHRASE']
  return passphrase === '' ? null : passphrase
}

/** `HAOKA_RECOVERY_CODE`, for restoring another computer's backup where nobody can be asked. Taken out as well. */
export function takeRecoveryCode(environment: NodeJS.ProcessEnv): string | null {
  const code = environment['HAOKA_RECOVERY_CODE'] ?? ''
  delete environment['HAOKA_RECOVERY_CODE']
  return code === '' ? null : code
}

/** The same characters give the same key, whichever way a keyboard composed them. */
function stretch(passphrase: string, salt: Buffer, N: number): Promise<Buffer> {
  const maxmem = 2 * 128 * N * cost.r
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), salt, keyBytes, { N, r: cost.r, p: cost.p, maxmem }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    )
  })
}
