/** A window's place in device-independent pixels. */
export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Fits beside the task bar of a 1366×768 screen, at 100 % scaling. */
export const minimumSize = { width: 1_000, height: 640 } as const
export const usualSize = { width: 1_360, height: 860 } as const

/** How much of the window must be on a screen, so that its title bar can be taken hold of. */
const reachable = { width: 120, height: 40 } as const

/**
 * Where to open the window: where it was, if a screen still shows enough of it; else in the middle of the first
 * screen. Never larger than that screen.
 */
export function fitBounds(saved: Bounds | null, screens: readonly [Bounds, ...Bounds[]]): Bounds {
  const screen = saved === null ? undefined : screens.find((area) => isReachable(saved, area))
  const area = screen ?? screens[0]
  const width = Math.min(saved?.width ?? usualSize.width, area.width)
  const height = Math.min(saved?.height ?? usualSize.height, area.height)
  if (saved !== null && screen !== undefined) return { x: saved.x, y: saved.y, width, height }
  return {
    x: Math.round(area.x + (area.width - width) / 2),
    y: Math.round(area.y + (area.height - height) / 2),
    width,
    height,
  }
}

function isReachable(window: Bounds, area: Bounds): boolean {
  const right = Math.min(window.x + window.width, area.x + area.width)
  const left = Math.max(window.x, area.x)
  const titleBarOnScreen = window.y >= area.y && window.y + reachable.height <= area.y + area.height
  return right - left >= reachable.width && titleBarOnScreen
}
