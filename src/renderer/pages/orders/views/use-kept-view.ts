import { onScopeDispose, watch } from 'vue'
import type { SettingsContext } from '../../../app/create-settings.ts'
import { useOrdersView } from '../../../stores/orders-view.ts'
import { readPlaces } from '../columns/column-places.ts'
import { readOpened } from './read-opened.ts'
import { readShape, withoutPersonal } from './view-shape.ts'

/** Written so long after the last change: dragging a column is one change. */
const quietMs = 400

/** Keeps filter, sort, columns and the open view over a restart, in the settings of this installation. */
export function useKeptView(settings: SettingsContext): void {
  const view = useOrdersView()
  let timer: ReturnType<typeof setTimeout> | undefined
  let taken = false

  const kept = (): Record<string, unknown> => ({
    shown: withoutPersonal(view.shown),
    sort: view.sort,
    places: view.places,
    ownPlaces: view.ownPlaces,
    opened: view.opened,
  })

  function write(): void {
    if (timer === undefined) return
    clearTimeout(timer)
    timer = undefined
    // A window that looks otherwise next time is no reason to disturb the merchant now.
    void settings.set({ ordersView: JSON.parse(JSON.stringify(kept())) as never }).catch(() => undefined)
  }

  watch(
    settings.value,
    (now) => {
      if (now === null || taken) return
      taken = true
      const shape = readShape(now.ordersView)
      if (shape === null) return
      const stored = now.ordersView as Record<string, unknown>
      view.ownPlaces = readPlaces(stored['ownPlaces'])
      view.open(shape, readOpened(stored['opened']))
    },
    { immediate: true },
  )
  watch(
    () => JSON.stringify(kept()),
    () => {
      if (!taken) return
      clearTimeout(timer)
      timer = setTimeout(write, quietMs)
    },
  )
  window.addEventListener('pagehide', write)
  onScopeDispose(() => {
    window.removeEventListener('pagehide', write)
    clearTimeout(timer)
  })
}
