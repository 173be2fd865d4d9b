import type { DatabaseClient } from '../account-databases.ts'
import { keyFingerprint } from '../upstream/fingerprint.ts'

/** An account whose API key is at hand. */
export interface KeyOfAccount {
  readonly accountId: string
  readonly key: string
}

/**
 * After a restore some calls are counted under their account, or under a fingerprint by another secret. Counts them
 * under the fingerprints that the quota looks for, before anything is asked.
 */
export async function adoptCalls(client: DatabaseClient, keys: readonly KeyOfAccount[]): Promise<void> {
  const { toAdopt, formerSecret, fingerprintSecret } = client
  if (!toAdopt) return
  const changes = keys.flatMap(({ accountId, key }) => {
    const to = keyFingerprint(fingerprintSecret, key)
    const former = formerSecret === null ? [] : [{ from: keyFingerprint(formerSecret, key), to }]
    return [{ from: `account:${accountId}`, to }, ...former]
  })
  if (keys.length > 0) await client.call('attempts.adopt', { changes })
}
