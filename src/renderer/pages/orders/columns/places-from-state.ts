import type { ColumnState } from 'ag-grid-community'
import { readPlaces, type ColumnPlace, type ColumnPlaces } from './column-places.ts'

/** Places as the grid has them after a drag, in its own order; columns that are none of ours are left out. */
export function placesFromState(state: readonly ColumnState[], before: ColumnPlaces): ColumnPlace[] {
  const known = new Map(before.map((place) => [String(place.name), place]))
  return readPlaces(
    state.flatMap(({ colId, hide, width, pinned }) => {
      const place = known.get(colId)
      if (place === undefined) return []
      const side = pinned === 'right' ? 'right' : pinned ? 'left' : null
      return [{ name: place.name, shown: hide !== true, width: width ?? place.width, pinned: side }]
    }),
  )
}
