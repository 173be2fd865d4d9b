import type { VaultState } from '#shared/contract/settings.ts'
import type { Api } from '../api/api.ts'
import { useResource, type Resource } from '../api/use-resource.ts'

export interface VaultContext extends Resource<VaultState> {
  setUp(passphrase: string, secretsThisRunOnly: boolean): Promise<void>
  unlock(passphrase: string): Promise<void>
  recover(recoveryCode: string, passphrase: string | null): Promise<void>
  /** Read on request and never kept here. */
  recoveryCode(): Promise<string>
  print(): Promise<boolean>
}

/** Where the data key stands. Passphrases and codes pass through to main and stay nowhere in the page. */
export function createVault(api: Api): VaultContext {
  const resource = useResource(() => api.call('vault.state', {}))
  const { value } = resource
  api.on('vault.changed', (state) => {
    value.value = state
  })
  return {
    ...resource,
    async setUp(passphrase, secretsThisRunOnly) {
      value.value = await api.call('vault.setUp', { passphrase, secretsThisRunOnly })
    },
    async unlock(passphrase) {
      value.value = await api.call('vault.unlock', { passphrase })
    },
    async recover(recoveryCode, passphrase) {
      value.value = await api.call('vault.recover', { recoveryCode, passphrase })
    },
    async recoveryCode() {
      const { recoveryCode } = await api.call('vault.recoveryCode', {})
      await resource.reload()
      return recoveryCode
    },
    async print() {
      const { printed } = await api.call('vault.printRecoveryCode', {})
      await resource.reload()
      return printed
    },
  }
}
