import type { exportRoutes } from '#shared/contract/exports.ts'
import type { Handlers } from '#shared/rpc/route.ts'
import type { WindowParts } from '../window-parts.ts'

export function exportHandlers({ exports }: WindowParts): Handlers<typeof exportRoutes> {
  return {
    'exports.start': (input, context) => exports.start(input, context),
    'exports.showLast': () => exports.showLast(),
  }
}
