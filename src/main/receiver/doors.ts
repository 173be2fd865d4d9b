import { AppError } from '#shared/errors.ts'
import { PushDoor, type DoorOptions, type Endpoint } from './push-door.ts'

export interface Place {
  /** 0: any that is free. */
  port: number
  /** Every network interface instead of this computer only. */
  network: boolean
}

interface Open {
  door: PushDoor
  port: number
  network: boolean
  endpoints: Endpoint[]
}

const loopback = '127.0.0.1'
const everywhere = '0.0.0.0'

/** The open doors: accounts of one port share one. Calls come one after the other. */
export class Doors {
  readonly #refused: DoorOptions['refused']
  readonly #open: Open[] = []

  constructor(refused: DoorOptions['refused']) {
    this.#refused = refused
  }

  /** The port of an account's door; null: it has none. */
  portOf(accountId: string): number | null {
    return this.#of(accountId)?.port ?? null
  }

  /** Opens the account's door there, or moves it. Throws portTaken, portNotAllowed; the account has none then. */
  async listen(endpoint: Endpoint, place: Place): Promise<number> {
    const now = this.#of(endpoint.accountId)
    if (now !== null && now.network === place.network && now.port === place.port) {
      now.endpoints = [...others(now, endpoint.accountId), endpoint]
      return now.port
    }
    await this.leave(endpoint.accountId)
    const shared = this.#open.find(({ port, network }) => port === place.port && network === place.network)
    const open = shared ?? (await this.#make(place))
    open.endpoints.push(endpoint)
    return open.port
  }

  async leave(accountId: string): Promise<void> {
    const open = this.#of(accountId)
    if (open === null) return
    open.endpoints = others(open, accountId)
    if (open.endpoints.length > 0) return
    this.#open.splice(this.#open.indexOf(open), 1)
    await open.door.close()
  }

  async closeAll(): Promise<void> {
    await Promise.all(this.#open.splice(0).map(({ door }) => door.close()))
  }

  #of(accountId: string): Open | null {
    return this.#open.find(({ endpoints }) => endpoints.some((one) => one.accountId === accountId)) ?? null
  }

  async #make({ port, network }: Place): Promise<Open> {
    const open: Open = {
      port,
      network,
      endpoints: [],
      door: new PushDoor({ endpoints: () => open.endpoints, refused: this.#refused }),
    }
    try {
      open.port = await open.door.open(port, network ? everywhere : loopback)
    } catch (thrown) {
      throw asPortError(thrown, port)
    }
    this.#open.push(open)
    return open
  }
}

function others({ endpoints }: Open, accountId: string): Endpoint[] {
  return endpoints.filter((one) => one.accountId !== accountId)
}

function asPortError(thrown: unknown, port: number): unknown {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null
  if (code === 'EADDRINUSE') return new AppError('portTaken', 'the port is in use', { data: { port }, cause: thrown })
  if (code === 'EACCES')
    return new AppError('portNotAllowed', 'the port is not allowed', { data: { port }, cause: thrown })
  return thrown
}
