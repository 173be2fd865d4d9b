import type { WindowEvents, WindowRoutes } from '#shared/contract/index.ts'
import type { Client } from '#shared/rpc/route.ts'

/** Everything a page can ask of main. */
export type Api = Client<WindowRoutes, WindowEvents>
