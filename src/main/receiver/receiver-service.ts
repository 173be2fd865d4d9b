import {
  pushRefusals,
  receiverSettingsSchema,
  type PushItem,
  type PushRefusal,
  type ReceiverSettings,
  type ReceiverState,
} from '#shared/contract/receiver.ts'
import { AppError, toAppError } from '#shared/errors.ts'
import type { DatabaseRoutes } from '#shared/database/contract.ts'
import type { InputOf } from '#shared/rpc/route.ts'
import type { AccountDatabases, DatabaseClient } from '../account-databases.ts'
import type { AccountService } from '../accounts/account-service.ts'
import { Listeners } from '../listeners.ts'
import type { Log } from '../log/log.ts'
import type { SyncService } from '../sync/sync-service.ts'
import type { UpstreamAccount } from '../upstream/account.ts'
import { Doors, type Place } from './doors.ts'
import { packPush } from './pack-push.ts'
import type { AcceptedPush, Endpoint } from './push-door.ts'
import { PushReads } from './push-reads.ts'
import type { ReceiverSettingsStore } from './receiver-settings.ts'
import { addressOf, hiddenAddress, secretPath } from './secret-path.ts'
import { sendTest, type TestAnswer } from './send-test.ts'

export interface ReceiverServiceOptions {
  readonly settings: ReceiverSettingsStore
  readonly accounts: Pick<AccountService, 'list' | 'get' | 'credentials' | 'onChanged'>
  readonly databases: Pick<AccountDatabases, 'forAccount' | 'onPushesChanged'>
  readonly sync: Pick<SyncService, 'now' | 'isFree' | 'readWanted'>
  readonly log: Log
  /** What tests make smaller, in ms: see PushReads. */
  readonly readDelayMs?: number
  readonly readGapMs?: number
}

interface Memory {
  problem: ReceiverState['problem']
  refused: Record<PushRefusal, number>
  pings: ReceiverState['pings']
}

/** Pages need no more than some frames a second, whatever comes in. */
const tellEveryMs = 500

/** Takes what upstreams push, for every account whose receiver is on. Off until the merchant switches it on. */
export class ReceiverService {
  readonly #options: ReceiverServiceOptions
  readonly #doors: Doors
  readonly #reads: PushReads
  readonly #changed = new Listeners<ReceiverState>()
  readonly #memory = new Map<string, Memory>()
  readonly #toTell = new Map<string, NodeJS.Timeout>()
  readonly #stopListening: (() => void)[]
  /** Doors open and close one after the other. */
  #queue: Promise<unknown> = Promise.resolve()

  constructor(options: ReceiverServiceOptions) {
    this.#options = options
    const { sync, log, readDelayMs, readGapMs } = options
    this.#doors = new Doors((endpoint, reason, about) => this.#noteRefused(endpoint, reason, about))
    this.#reads = new PushReads({
      isFree: (accountId) => sync.isFree(accountId),
      readWanted: (accountId, signal) => sync.readWanted(accountId, signal),
      log,
      ...(readDelayMs !== undefined && { delayMs: readDelayMs }),
      ...(readGapMs !== undefined && { gapMs: readGapMs }),
    })
    this.#stopListening = [
      options.databases.onPushesChanged(({ accountId, waiting }) => {
        this.#tellSoon(accountId)
        if (waiting > 0) this.#reads.want(accountId)
      }),
      // A token that was changed holds from then on; a removed account takes nothing any more.
      options.accounts.onChanged(() => void this.startAll()),
    ]
  }

  /** Tells changed states at a bounded rate. Returns the function that stops it. */
  onChanged(listener: (state: ReceiverState) => void): () => void {
    return this.#changed.add(listener)
  }

  /** Throws accountNotFound, passphraseNeeded and the like. */
  async state(accountId: string): Promise<ReceiverState> {
    const { generation: _generation, ...settings } = this.#options.settings.get(accountId)
    const database = await this.#options.databases.forAccount(accountId)
    const { problem, refused, pings } = this.#memoryOf(accountId)
    const port = this.#doors.portOf(accountId)
    return {
      accountId,
      settings,
      listening: port !== null,
      problem,
      address: hiddenAddress(port ?? settings.port),
      counts: await database.call('pushes.counts', { accountId }),
      refused: { ...refused },
      pings: { ...pings },
    }
  }

  /** Throws receiverNotConfirmed, accountNotFound; a port that cannot be had is the state's `problem`. */
  async set(accountId: string, given: ReceiverSettings, confirmed: boolean): Promise<ReceiverState> {
    const settings = receiverSettingsSchema.parse(given)
    const before = this.#options.settings.get(accountId)
    if (settings.network && !before.network && !confirmed) throw new AppError('receiverNotConfirmed')
    this.#options.settings.set(accountId, settings)
    this.#memoryOf(accountId).problem = null
    await this.#apply(accountId)
    return this.#told(accountId)
  }

  /** A new secret path; the old address is nobody's from then on. */
  async renewAddress(accountId: string): Promise<ReceiverState> {
    const { generation } = this.#options.settings.get(accountId)
    this.#options.settings.set(accountId, { generation: generation + 1 })
    await this.#apply(accountId)
    return this.#told(accountId)
  }

  /** What is to be pasted as api_url: its path is the secret. Throws accountNotFound, passphraseNeeded and the like. */
  async address(accountId: string): Promise<string> {
    const port = this.#doors.portOf(accountId) ?? this.#options.settings.get(accountId).port
    const database = await this.#options.databases.forAccount(accountId)
    return addressOf(port, await this.#secret(accountId, database))
  }

  /** Throws receiverOff. */
  async test(accountId: string): Promise<TestAnswer> {
    if (this.#doors.portOf(accountId) === null) throw new AppError('receiverOff')
    return sendTest(await this.address(accountId))
  }

  async pushes(input: InputOf<DatabaseRoutes['pushes.list']>): Promise<PushItem[]> {
    return (await this.#options.databases.forAccount(input.accountId)).call('pushes.list', input)
  }

  /** Opens the doors of every account whose receiver is on, and closes those of the others. Never throws. */
  async startAll(): Promise<void> {
    const ids = this.#options.accounts.list().map(({ id }) => id)
    for (const id of this.#memory.keys()) if (!ids.includes(id)) await this.#inTurn(() => this.#doors.leave(id))
    for (const id of ids)
      await this.#apply(id).catch((thrown: unknown) => this.#options.log.warn('the receiver', thrown))
  }

  /** Opens an account's door for this run only, whatever its settings say. Throws portTaken, portNotAllowed and the like. */
  async listen(accountId: string, place: Place): Promise<{ port: number; address: string }> {
    this.#memoryOf(accountId)
    const endpoint = await this.#endpoint(accountId)
    const port = await this.#inTurn(() => this.#doors.listen(endpoint, place))
    return { port, address: addressOf(port, endpoint.secret) }
  }

  /** The practice gateway pushes to this receiver by itself; a real upstream is told of an address only by the merchant. */
  async withAddress(account: UpstreamAccount): Promise<UpstreamAccount> {
    const port = this.#doors.portOf(account.id)
    if (port === null || account.apiUrl !== '' || !this.#options.accounts.get(account.id).practice) return account
    return { ...account, apiUrl: await this.address(account.id) }
  }

  /** Closes every door; what was answered is durable. */
  async stop(): Promise<void> {
    for (const stop of this.#stopListening) stop()
    for (const timer of this.#toTell.values()) clearTimeout(timer)
    await this.#inTurn(() => this.#doors.closeAll())
    await this.#reads.stop()
  }

  async #apply(accountId: string): Promise<void> {
    const { enabled, port, network } = this.#options.settings.get(accountId)
    // Nothing is opened for an account whose receiver was never on, not even its data.
    if (!enabled && this.#doors.portOf(accountId) === null) return
    const memory = this.#memoryOf(accountId)
    try {
      if (!enabled) await this.#inTurn(() => this.#doors.leave(accountId))
      else {
        const endpoint = await this.#endpoint(accountId)
        await this.#inTurn(() => this.#doors.listen(endpoint, { port, network }))
      }
      memory.problem = null
    } catch (thrown) {
      memory.problem = problemOf(thrown)
      await this.#inTurn(() => this.#doors.leave(accountId))
      this.#options.log.warn(`the receiver does not listen: ${toAppError(thrown).code}`)
    }
    this.#tellSoon(accountId)
  }

  async #endpoint(accountId: string): Promise<Endpoint> {
    const { accounts, databases, settings } = this.#options
    const database = await databases.forAccount(accountId)
    const { answer } = settings.get(accountId)
    return {
      accountId,
      answer,
      secret: await this.#secret(accountId, database),
      apiToken: (await accounts.credentials(accountId)).apiToken,
      keep: (push) => this.#keep(accountId, push),
      pinged: () => this.#notePing(accountId),
    }
  }

  async #keep(accountId: string, push: AcceptedPush): Promise<void> {
    const { databases, sync } = this.#options
    const database = await databases.forAccount(accountId)
    await database.call('pushes.receive', { accountId, at: sync.now(accountId), ...(await packPush(push)) })
  }

  async #secret(accountId: string, database: DatabaseClient): Promise<string> {
    const { fingerprintSecret } = await database.call('vault.fingerprintSecret', {})
    return secretPath(fingerprintSecret, accountId, this.#options.settings.get(accountId).generation)
  }

  #noteRefused(endpoint: Endpoint | null, reason: PushRefusal, about: string): void {
    this.#options.log.warn(`a push was refused: ${reason}, ${about}`)
    // Nobody's address, or no HTTP at all: every account behind a door may want to know.
    const ids = endpoint === null ? [...this.#memory.keys()] : [endpoint.accountId]
    for (const id of ids) {
      this.#memoryOf(id).refused[reason] += 1
      this.#tellSoon(id)
    }
  }

  #notePing(accountId: string): void {
    const { pings } = this.#memoryOf(accountId)
    pings.count += 1
    pings.lastAt = this.#options.sync.now(accountId)
    this.#tellSoon(accountId)
  }

  #memoryOf(accountId: string): Memory {
    const known = this.#memory.get(accountId)
    if (known !== undefined) return known
    const refused = Object.fromEntries(pushRefusals.map((reason) => [reason, 0])) as Record<PushRefusal, number>
    const memory: Memory = { problem: null, refused, pings: { count: 0, lastAt: null } }
    this.#memory.set(accountId, memory)
    return memory
  }

  async #told(accountId: string): Promise<ReceiverState> {
    const state = await this.state(accountId)
    this.#changed.tell(state)
    return state
  }

  #tellSoon(accountId: string): void {
    if (this.#toTell.has(accountId)) return
    const timer = setTimeout(() => {
      this.#toTell.delete(accountId)
      // News are not worth a failed push: a state that cannot be read is told the next time.
      this.#told(accountId).catch(() => undefined)
    }, tellEveryMs)
    timer.unref()
    this.#toTell.set(accountId, timer)
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work)
    this.#queue = turn.catch(() => undefined)
    return turn
  }
}

function problemOf(thrown: unknown): NonNullable<ReceiverState['problem']> {
  const { code } = toAppError(thrown)
  if (code === 'portTaken' || code === 'portNotAllowed') return code
  const locked = code === 'passphraseNeeded' || code === 'recoveryCodeNeeded' || code === 'secretsMissing'
  return locked ? 'locked' : 'failed'
}
