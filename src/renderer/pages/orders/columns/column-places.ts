import { gridColumns, type GridColumnName } from '../grid-columns.ts'

/** Where a column stands; the list's order is the order on screen (pinned ones first at their side). */
export interface ColumnPlace {
  readonly name: GridColumnName
  readonly shown: boolean
  /** CSS pixels. */
  readonly width: number
  readonly pinned: 'left' | 'right' | null
}
export type ColumnPlaces = readonly ColumnPlace[]

export const narrowest = 48
export const widest = 1_200

export function defaultPlaces(): ColumnPlace[] {
  return gridColumns.map(({ name, width, hidden, pinned }) => ({
    name,
    shown: hidden !== true,
    width,
    pinned: pinned === true ? 'left' : null,
  }))
}

/**
 * Places as they were stored, by this or another version: unknown columns are dropped, those that came since stand at
 * the end as they do by default. Anything else than a list gives the default.
 */
export function readPlaces(stored: unknown): ColumnPlace[] {
  const known = new Map(defaultPlaces().map((place) => [String(place.name), place]))
  if (!Array.isArray(stored)) return [...known.values()]
  const read: ColumnPlace[] = []
  for (const entry of stored as unknown[]) {
    const place = readPlace(entry, known)
    if (place === null) continue
    known.delete(place.name)
    read.push(place)
  }
  const places = [...read, ...known.values()]
  return places.some(({ shown }) => shown) ? places : defaultPlaces()
}

function readPlace(entry: unknown, known: ReadonlyMap<string, ColumnPlace>): ColumnPlace | null {
  if (typeof entry !== 'object' || entry === null) return null
  const { name, shown, width, pinned } = entry as Record<string, unknown>
  const place = typeof name === 'string' ? known.get(name) : undefined
  if (place === undefined) return null
  return {
    name: place.name,
    shown: typeof shown === 'boolean' ? shown : place.shown,
    width: typeof width === 'number' && Number.isFinite(width) ? bounded(width) : place.width,
    pinned: pinned === 'left' || pinned === 'right' ? pinned : null,
  }
}

/** The last shown column cannot be hidden: a grid without columns shows nothing to bring them back by. */
export function withShown(places: ColumnPlaces, name: GridColumnName, shown: boolean): ColumnPlace[] {
  const others = places.some((place) => place.shown && place.name !== name)
  return changed(places, name, { shown: shown || !others })
}

export function withPinned(places: ColumnPlaces, name: GridColumnName, pinned: ColumnPlace['pinned']): ColumnPlace[] {
  return changed(places, name, { pinned })
}

export function withWidth(places: ColumnPlaces, name: GridColumnName, width: number): ColumnPlace[] {
  return changed(places, name, { width: bounded(width) })
}

/** Takes a column to the place of another one. */
export function movedTo(places: ColumnPlaces, name: GridColumnName, target: GridColumnName): ColumnPlace[] {
  const from = places.findIndex((place) => place.name === name)
  const to = places.findIndex((place) => place.name === target)
  const place = places[from]
  if (place === undefined || to < 0) return [...places]
  return places.toSpliced(from, 1).toSpliced(to, 0, place)
}

/** One step towards the start (-1) or the end (1); stops at the ends. */
export function movedBy(places: ColumnPlaces, name: GridColumnName, step: -1 | 1): ColumnPlace[] {
  const target = places[places.findIndex((place) => place.name === name) + step]
  return target === undefined ? [...places] : movedTo(places, name, target.name)
}

/** Shown columns as they stand on screen: pinned left, free, pinned right. */
export function shownColumns(places: ColumnPlaces): GridColumnName[] {
  const shown = places.filter((place) => place.shown)
  return (['left', null, 'right'] as const).flatMap((side) =>
    shown.filter(({ pinned }) => pinned === side).map(({ name }) => name),
  )
}

export function isDefaultPlaces(places: ColumnPlaces): boolean {
  return samePlaces(places, defaultPlaces())
}

export function samePlaces(one: ColumnPlaces, other: ColumnPlaces): boolean {
  const text = (places: ColumnPlaces): string =>
    JSON.stringify(places.map(({ name, shown, width, pinned }) => [name, shown, width, pinned]))
  return text(one) === text(other)
}

function changed(places: ColumnPlaces, name: GridColumnName, change: Partial<ColumnPlace>): ColumnPlace[] {
  return places.map((place) => (place.name === name ? { ...place, ...change } : place))
}

function bounded(width: number): number {
  return Math.round(Math.min(widest, Math.max(narrowest, width)))
}
