import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { hourMs } from '#domain/beijing-time.ts'
import { orderTypes } from '#domain/vocabulary.ts'
import { startPracticeGateway, type PracticeGateway } from '#practice/gateway.ts'
import { Dice } from '#practice/world/dice.ts'
import { Auditor } from './auditor.ts'
import { noFindings, type Findings } from './compare.ts'
import { Desk } from './desk.ts'
import { checkExport, checkKilledExport, clearExports } from './exports.ts'
import { pointOfRound, repairPoints, type KillPoint } from './kill-point.ts'
import { Ledger } from './ledger.ts'
import { strikeCreation, strikeFullDisk, strikeMigration } from './special-strikes.ts'
import { lastDays, strike, type StrikeParts } from './strike.ts'
import { Tally } from './tally.ts'
import { Witness } from './witness.ts'

/** Least time between two calls, ms: for the app and for the gateway, which refuses a call that comes sooner. */
const intervalMs = 25
/** Practice seconds a second: orders move while the app is being restarted, yet no sync takes an hour of their time. */
const speed = 600
const historyDays = 60
const ordersAtFirst = 600
const otherKey = 'the-key-of-a-new-computer'
/** Every history is looked at so often; else those that moved. */
const everythingEvery = 20
/** How often an operation is begun anew when it ended before the point was reached. */
const tries = 3

/** One long life of one installation, at the end of each round of which nothing may be lost, doubled or wrong. */
export class Campaign {
  readonly tally = new Tally()
  readonly folder: string
  readonly #seed: number
  readonly #gateway: PracticeGateway
  readonly #ledger: Ledger
  readonly #witness = new Witness()
  readonly #auditor = new Auditor(this.#witness)
  readonly #desk: Desk
  #callsSeen = 0
  /** By how much the PC's clock is wrong at the next start. */
  #clockWrongMs = 0

  private constructor(seed: number, folder: string, gateway: PracticeGateway) {
    this.#seed = seed
    this.folder = folder
    this.#gateway = gateway
    this.#ledger = new Ledger(join(folder, 'ledger'))
    this.#desk = this.#newDesk('app', gateway.credentials.key, this.#witness)
  }

  /** Starts the gateway, which survives every kill. */
  static async open(seed: number): Promise<Campaign> {
    const folder = mkdtempSync(join(tmpdir(), 'haoka-crash-'))
    // Each start of a process otherwise spends most of its time on reading the same code.
    process.env['NODE_COMPILE_CACHE'] ??= join(folder, 'code')
    const world = { seed, orders: ordersAtFirst, historyDays, speed, olderChanges: true, moreKeys: [otherKey] }
    const gateway = await startPracticeGateway({ ...world, minIntervalMs: intervalMs })
    return new Campaign(seed, folder, gateway)
  }

  /** Lets the app read all there is, before anybody is killed. */
  async begin(): Promise<void> {
    await this.#desk.ensureOpen()
    const range = lastDays(this.#gateway, historyDays + 1)
    for (const asked of [range, null]) await this.#desk.call('sync', { types: [...orderTypes], range: asked })
  }

  /**
   * What this round found, one line each; the last round of a campaign looks at everything. Throws where something
   * hangs or fails that must not.
   */
  async play(round: number, isLast: boolean): Promise<string[]> {
    const dice = new Dice(this.#seed, round, 2)
    const point = pointOfRound(this.#seed, round)
    const findings = noFindings()
    const [desk, gateway, tally] = [this.#desk, this.#gateway, this.tally]
    const parts = { desk, gateway, tally, dice, exportFile: clearExports(this.folder) }
    gateway.advance(dice.between(0.5, 6))
    this.#clockWrongMs = dice.chance(0.1) ? dice.between(-100, 60) * hourMs : 0
    if (dice.chance(0.3)) await desk.stop()
    for (let made = 0; made < tries && !(await this.#strike(parts, point, findings)); made += 1) gateway.advance(2)
    gateway.advance(dice.chance(0.02) ? dice.between(150, 200) : dice.between(0.5, 6))
    await desk.ensureOpen()
    if (point.operation === 'export') await checkKilledExport(desk, parts.exportFile, findings)
    const again = dice.chance(0.4) ? repairPoints[dice.int(repairPoints.length)] : undefined
    if (again !== undefined) await strike(parts, again, { operation: 'repair' })
    const everything = isLast || round % everythingEvery === everythingEvery - 1
    await this.#settle(parts.exportFile, findings, { exports: point.operation === 'export', everything })
    this.#noteRefusals(findings)
    return tally.note(findings)
  }

  /** Ends everything. Throws where a process stays behind. `keep`: the data folder stays for a look. */
  async close({ keep }: { keep: boolean }): Promise<void> {
    try {
      await this.#desk.stop()
    } finally {
      await this.#desk.abandon()
      await this.#gateway.close()
      if (!keep) rmSync(this.folder, { recursive: true, force: true })
    }
  }

  /** What the app wrote last, for whoever looks for a cause. */
  lastWords(): string {
    return this.#desk.lines.join('\n')
  }

  async #strike(parts: StrikeParts, point: KillPoint, findings: Findings): Promise<boolean> {
    const place = { folder: join(this.folder, 'app'), ledger: this.#ledger }
    if (point.name === 'duringMigration') return strikeMigration(parts, point, place)
    if (point.name === 'duringCreation') {
      await this.#desk.stop()
      const desk = this.#newDesk('new', otherKey, new Witness())
      return strikeCreation({ ...parts, desk }, point, join(this.folder, 'new'), findings)
    }
    await this.#desk.ensureOpen()
    return point.name === 'fullDisk' ? strikeFullDisk(parts, place, findings) : strike(parts, point)
  }

  /** Repairs, syncs once more while the world stands still, and compares. */
  async #settle(
    exportFile: string,
    findings: Findings,
    look: { exports: boolean; everything: boolean },
  ): Promise<void> {
    const [desk, gateway] = [this.#desk, this.#gateway]
    await desk.ensureOpen()
    await desk.call('repair', {})
    gateway.setSpeed(0)
    const { runs } = await desk.call('sync', { types: [...orderTypes], range: null })
    for (const { id, purpose, type, outcome, error } of runs)
      if (outcome !== 'understood') findings.wrong.push(`run ${id}: ${purpose} ${type} ${outcome} ${error?.code}`)
    const truth = gateway.truth()
    const held = await this.#auditor.audit(desk, truth, look.everything)
    for (const kind of ['lost', 'duplicated', 'wrong'] as const) findings[kind].push(...held[kind])
    const { openRequests } = await desk.call('state', {})
    if (openRequests > 0) findings.wrong.push(`after run ${runs.at(-1)?.id}: ${openRequests} requests are open`)
    if (look.exports) await checkExport(desk, exportFile, truth, findings)
    gateway.setSpeed(speed)
  }

  /** No fault refuses here, so a refusal means that a limit was broken or a call was wrong. */
  #noteRefusals({ wrong }: Findings): void {
    const calls = this.#gateway.calls().filter(({ number }) => number > this.#callsSeen)
    this.#callsSeen = calls.at(-1)?.number ?? this.#callsSeen
    for (const { number, answer, gapMs } of calls)
      if (answer?.code !== 200)
        wrong.push(`call ${number} was refused with ${answer?.code}, ${gapMs} ms after the last`)
  }

  #newDesk(name: string, key: string, witness: Witness): Desk {
    const { url: gateway, credentials } = this.#gateway
    const { token, sk } = credentials
    const keychainKey = randomBytes(32).toString('hex')
    const folder = join(this.folder, name)
    const installation = { folder, keychainKey, gateway, key, token, sk: sk ?? '', throttleIntervalMs: intervalMs }
    const clockOffsetMs = (): number => Math.round(this.#gateway.now() - Date.now() + this.#clockWrongMs)
    return new Desk({ installation, ledger: this.#ledger, clockOffsetMs, witness })
  }
}
