import type { Settings } from '#shared/contract/settings.ts'
import type { Api } from '../api/api.ts'
import { useResource, type Resource } from '../api/use-resource.ts'

export interface SettingsContext extends Resource<Settings> {
  set(patch: Partial<Settings>): Promise<void>
}

/** The merchant's settings as main holds them. */
export function createSettings(api: Api): SettingsContext {
  const resource = useResource(() => api.call('settings.get', {}))
  api.on('settings.changed', (settings) => {
    resource.value.value = settings
  })
  return {
    ...resource,
    async set(patch) {
      resource.value.value = await api.call('settings.set', patch)
    },
  }
}
