import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { AppError } from '#shared/errors.ts'
import type { PracticeCredentials, PracticeGatewayKeeper } from '../accounts/practice-gateway-keeper.ts'
import type { LaunchedProcess } from '../processes/launched-process.ts'

const text = z.string().max(2_000)
const messageSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ready'),
    url: text,
    credentials: z.object({ key: text, name: text, password: text, token: text, sk: text.nullable() }),
    controlUrl: text,
    controlToken: text,
  }),
  z.object({ kind: z.literal('failed'), message: text }),
])
type Ready = Extract<z.infer<typeof messageSchema>, { kind: 'ready' }>
type Child = LaunchedProcess<never, unknown>

export interface PracticeServiceOptions {
  readonly dataFolder: string
  /** Starts the practice gateway's script with these arguments. */
  readonly launch: (args: readonly string[]) => Promise<Child>
}

interface Running {
  readonly child: Child
  readonly ready: Ready
}

/**
 * The practice upstream of this installation: a child process on loopback, started at the first need. Its world lives
 * on by its own clock while the app is down, because its state lies in the data folder.
 */
export class PracticeService implements PracticeGatewayKeeper {
  readonly #folder: string
  readonly #launch: PracticeServiceOptions['launch']
  #running: Promise<Running> | null = null

  constructor(options: PracticeServiceOptions) {
    this.#folder = path.join(options.dataFolder, 'practice')
    this.#launch = options.launch
  }

  /** Throws processGone when it does not start. */
  async start(): Promise<PracticeCredentials> {
    const { ready } = await this.#ensure()
    return { gateway: ready.url, ...ready.credentials, sk: ready.credentials.sk ?? '' }
  }

  /** Lets practice time jump forward. Throws processGone. */
  async advance(hours: number): Promise<void> {
    const { ready } = await this.#ensure()
    const reply = await fetch(`${ready.controlUrl}/advance`, {
      method: 'POST',
      headers: { 'x-practice-token': ready.controlToken, 'content-type': 'application/json' },
      body: JSON.stringify({ hours }),
    })
    if (!reply.ok) throw new AppError('internal', `the practice gateway answered ${reply.status}`)
  }

  async stop(): Promise<void> {
    const running = this.#running
    this.#running = null
    const started = await running?.catch(() => null)
    if (started === undefined || started === null) return
    started.child.kill()
    await started.child.exited
  }

  /** Stops it and deletes its world; the practice database must be closed before. */
  async remove(): Promise<void> {
    await this.stop()
    await rm(this.#folder, { recursive: true, force: true })
  }

  #ensure(): Promise<Running> {
    if (this.#running !== null) return this.#running
    const starting = this.#start()
    const forget = (): void => {
      if (this.#running === starting) this.#running = null
    }
    starting.then(({ child }) => child.exited.then(forget), forget)
    this.#running = starting
    return starting
  }

  async #start(): Promise<Running> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const child = await this.#launch([JSON.stringify({ statePath: path.join(this.#folder, 'gateway.json') })])
    const message = await new Promise<unknown>((resolve) => {
      child.port.onMessage(resolve)
      child.port.onClose(() => resolve({ kind: 'failed', message: 'it ended at once' }))
    })
    const said = messageSchema.safeParse(message)
    if (said.success && said.data.kind === 'ready') return { child, ready: said.data }
    child.kill()
    const reason = said.success && said.data.kind === 'failed' ? said.data.message : 'it said something unknown'
    throw new AppError('processGone', `the practice gateway did not start: ${reason}`)
  }
}
