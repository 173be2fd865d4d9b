import { onScopeDispose } from 'vue'
import type { BackupsState } from '#shared/contract/backups.ts'
import type { Api } from '../../../api/api.ts'
import { useResource, type Resource } from '../../../api/use-resource.ts'

/** Backups, checks and damage as main has them. */
export function useBackups(api: Api): Resource<BackupsState> {
  const resource = useResource(() => api.call('backups.state', {}))
  const stop = api.on('backups.changed', (state) => {
    resource.value.value = state
  })
  onScopeDispose(stop)
  void resource.reload()
  return resource
}
