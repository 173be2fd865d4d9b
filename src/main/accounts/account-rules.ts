import { secretNames, type AccountSettings, type SecretName, type SecretsInput } from '#shared/contract/accounts.ts'
import { AppError } from '#shared/errors.ts'

/** Two labels that look the same are the same: case, full-width letters and spaces around make no difference. */
export function foldLabel(label: string): string {
  return label.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()
}

/**
 * The upstream wants the API key, and either the token or login name and password. Throws accountIncomplete, whose
 * data names what is missing: `key`, `login`.
 */
export function checkComplete(settings: AccountSettings, isSet: Readonly<Record<SecretName, boolean>>): void {
  const login = isSet.token || (settings.name !== '' && isSet.password)
  const missing = [...(isSet.key ? [] : ['key']), ...(login ? [] : ['login'])]
  if (missing.length > 0)
    throw new AppError('accountIncomplete', missing.join(', '), { data: { missing: missing.join(',') } })
}

/**
 * An empty string clears as null does: an API parameter that is empty is not sent at all. What is pasted from a page
 * loses the spaces and line ends around it; a password keeps them, they may be part of it.
 */
export function normaliseSecrets(input: SecretsInput): Partial<Record<SecretName, string | null>> {
  const changes: Partial<Record<SecretName, string | null>> = {}
  for (const name of secretNames) {
    const given = input[name]
    if (given === undefined) continue
    const value = name === 'password' || name === 'apiPwd' ? given : (given?.trim() ?? null)
    changes[name] = value === '' ? null : value
  }
  return changes
}
