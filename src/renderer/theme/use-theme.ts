import { onScopeDispose, watchEffect, type Ref } from 'vue'
import type { Settings } from '#shared/contract/settings.ts'

/** Puts `dark` on the root element as the setting says, following the system where it says so. */
export function useTheme(theme: Ref<Settings['theme'] | undefined>): void {
  const system = window.matchMedia('(prefers-color-scheme: dark)')
  const apply = (): void => {
    const wanted = theme.value ?? 'system'
    document.documentElement.classList.toggle('dark', wanted === 'dark' || (wanted === 'system' && system.matches))
  }
  watchEffect(apply)
  system.addEventListener('change', apply)
  onScopeDispose(() => system.removeEventListener('change', apply))
}
