import { inject, type InjectionKey } from 'vue'
import type { Notice } from '#shared/contract/settings.ts'
import type { OutputOf } from '#shared/rpc/route.ts'
import type { WindowRoutes } from '#shared/contract/index.ts'
import type { Api } from '../api/api.ts'
import { useResource, type Resource } from '../api/use-resource.ts'
import { createAccounts, type AccountsContext } from './create-accounts.ts'
import { createChanges, type ChangesContext } from './create-changes.ts'
import { createExporter, type ExporterContext } from './create-exporter.ts'
import { createMapping, type MappingContext } from './create-mapping.ts'
import { createSettings, type SettingsContext } from './create-settings.ts'
import { createSync, type SyncContext } from './create-sync.ts'
import { createVault, type VaultContext } from './create-vault.ts'

/** What outlives a page: read once here, shown by whichever page is open. */
export interface AppContext {
  readonly api: Api
  readonly settings: SettingsContext
  readonly accounts: AccountsContext
  readonly changes: ChangesContext
  readonly sync: SyncContext
  readonly exporter: ExporterContext
  readonly mapping: MappingContext
  readonly vault: VaultContext
  readonly notices: Resource<Notice[]>
  readonly info: Resource<OutputOf<WindowRoutes['app.info']>>
}

export const appContextKey: InjectionKey<AppContext> = Symbol('app')

export function createAppContext(api: Api): AppContext {
  const settings = createSettings(api)
  const notices = useResource(() => api.call('app.notices', {}))
  api.on('notices.changed', () => void notices.reload())
  const accounts = createAccounts(api, settings)
  return {
    api,
    settings,
    accounts,
    changes: createChanges(api, accounts.selected),
    sync: createSync(api),
    exporter: createExporter(api),
    mapping: createMapping(api),
    vault: createVault(api),
    notices,
    info: useResource(() => api.call('app.info', {})),
  }
}

export function useApp(): AppContext {
  const app = inject(appContextKey)
  if (app === undefined) throw new Error('no app context was provided')
  return app
}
