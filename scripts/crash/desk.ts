import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LaunchedProcess } from '#main/processes/launched-process.ts'
import { launchNode } from '#main/processes/node-launcher.ts'
import { within } from '#main/upstream/within.ts'
import { AppError } from '#shared/errors.ts'
import { connect } from '#shared/rpc/connect.ts'
import type { Client, InputOf, OutputOf, Request, Response } from '#shared/rpc/route.ts'
import type { Ledger } from './ledger.ts'
import type { Witness } from './witness.ts'
import { workerEvents, workerRoutes, type Installation } from './worker-contract.ts'

export type Victim = 'app' | 'database' | 'both'

const workerScript = join(import.meta.dirname, 'worker.ts')
/** Nothing here takes as long, even on a busy machine: what does hangs. */
const patienceMs = 120_000
/** An app's database process ends with it within this time, whatever it is doing. */
const orphanMs = 30_000
const linesKept = 40

type WorkerRoutes = typeof workerRoutes
type WorkerEvents = typeof workerEvents

export interface DeskOptions {
  readonly installation: Omit<Installation, 'clockOffsetMs'>
  readonly ledger: Ledger
  /** This PC's clock as the next start finds it, ms from the real time. */
  readonly clockOffsetMs: () => number
  /** Hears every reply that became durable. */
  readonly witness: Witness
}

interface Running {
  readonly process: LaunchedProcess<Request, Response>
  readonly client: Client<WorkerRoutes, WorkerEvents>
  reach: () => void
}

/** One computer with the app on it: starts it, asks it, kills it. */
export class Desk {
  readonly #options: DeskOptions
  /** What the app wrote last. */
  readonly lines: string[] = []
  /** Checkpoints passed since the last `arm`. */
  passed: string[] = []
  databaseKey = ''
  #running: Running | null = null
  #isOpen = false

  constructor(options: DeskOptions) {
    this.#options = options
  }

  /** Starts the process; nothing is opened yet. */
  launch(): void {
    const launched: Running['process'] = launchNode(workerScript, [], {
      name: 'crash-worker',
      log: (line) => this.#log(line),
    })
    const client = connect(workerRoutes, workerEvents, launched.port)
    const running: Running = { process: launched, client, reach: () => undefined }
    void launched.exited.then((code) => this.#log(`the app has ended: ${code}`))
    const { witness } = this.#options
    client.on('finishing', ({ replyId, text }) => witness.finishing(replyId, text))
    client.on('durable', ({ replyId }) => witness.durable(replyId))
    client.on('passed', ({ point, reached }) => {
      this.passed.push(point)
      if (reached) running.reach()
    })
    this.#running = running
  }

  /**
   * Opens the data folder. Tries again while the database process of a killed app is still letting go of it, and where
   * the app has not yet noticed that its own one was killed.
   */
  async open(): Promise<void> {
    const { installation, clockOffsetMs } = this.#options
    const input = { ...installation, clockOffsetMs: clockOffsetMs() }
    const endsAt = performance.now() + orphanMs
    for (;;) {
      try {
        const { databaseKey, unmerged } = await this.call('open', input)
        this.databaseKey = databaseKey
        this.#options.witness.found(unmerged)
        this.#isOpen = true
        return
      } catch (thrown) {
        if (!passes(thrown) || performance.now() > endsAt) throw thrown
        await sleep(50)
      }
    }
  }

  /** Open, whether it was started already or not. */
  async ensureOpen(): Promise<void> {
    if (this.#running === null) this.launch()
    if (!this.#isOpen) await this.open()
  }

  call<Name extends keyof WorkerRoutes & string>(
    name: Name,
    input: InputOf<WorkerRoutes[Name]>,
  ): Promise<OutputOf<WorkerRoutes[Name]>> {
    const work = this.#app().client.call(name, input)
    return within(work, patienceMs, () => new Error(`${name} hangs after ${this.passed.slice(-20).join(', ')}`))
  }

  /** Resolves when that checkpoint is reached after `left` earlier passings; never where it is not. */
  async arm(point: string, left: number, hold: boolean): Promise<{ reached: Promise<void> }> {
    const running = this.#app()
    const reached = new Promise<void>((resolve) => (running.reach = resolve))
    this.passed = []
    await this.call('arm', { point, left, hold })
    return { reached }
  }

  async disarm(): Promise<void> {
    if (this.#running !== null) await this.call('arm', { point: null, left: 0, hold: false })
  }

  /** kill -9. The database process of a killed app ends by itself a little later: see `open`. */
  async kill(victim: Victim): Promise<void> {
    const { process: app } = this.#app()
    const database = this.#options.ledger.running()
    if (victim !== 'database') app.kill()
    if (victim !== 'app' && database !== null) process.kill(database, 'SIGKILL')
    this.#isOpen = false
    if (victim === 'database') return
    await app.exited
    this.#running = null
  }

  /** Ends cleanly. Throws where a process stays behind. */
  async stop(): Promise<void> {
    if (this.#running !== null) {
      const { process: app } = this.#running
      await this.call('stop', {})
      app.end()
      await within(app.exited, orphanMs, () => new Error('the app does not end'))
      this.#running = null
      this.#isOpen = false
    }
    if (!(await this.#options.ledger.allGone(orphanMs))) throw new Error('a database process was left behind')
  }

  /** Whatever state it is in. */
  async abandon(): Promise<void> {
    this.#running?.process.kill()
    await this.#running?.process.exited
    this.#running = null
    this.#isOpen = false
    if (!(await this.#options.ledger.allGone(orphanMs))) this.killDatabase()
  }

  killDatabase(): void {
    const database = this.#options.ledger.running()
    if (database !== null) process.kill(database, 'SIGKILL')
  }

  #app(): Running {
    if (this.#running === null) throw new Error('the app is not running')
    return this.#running
  }

  #log(line: string): void {
    this.lines.push(line)
    if (this.lines.length > linesKept) this.lines.shift()
  }
}

/** Errors that go by themselves: a killed app's database process still holds the files, or a killed one is not missed yet. */
function passes(thrown: unknown): boolean {
  return thrown instanceof AppError && (thrown.code === 'dataFolderInUse' || thrown.code === 'processGone')
}
