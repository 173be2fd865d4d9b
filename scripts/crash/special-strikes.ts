import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { dayMs, fromBeijing, hourMs } from '#domain/beijing-time.ts'
import { orderTypes } from '#domain/vocabulary.ts'
import type { TruthOrder } from '#practice/gateway.ts'
import { AppError } from '#shared/errors.ts'
import { compare, type Findings } from './compare.ts'
import type { Desk } from './desk.ts'
import { canStarve, largestFile, limitFileSize } from './full-disk.ts'
import type { KillPoint } from './kill-point.ts'
import type { Ledger } from './ledger.ts'
import { ageFiles, copiesOf } from './older-schema.ts'
import { strike, type StrikeParts } from './strike.ts'

interface Place {
  /** The data folder. */
  readonly folder: string
  readonly ledger: Ledger
}

/** Kills an app that opens files of an earlier version: as their copy is made, as they are migrated, or a little later. */
export async function strikeMigration(parts: StrikeParts, point: KillPoint, place: Place): Promise<boolean> {
  const { desk, dice } = parts
  await desk.ensureOpen()
  await desk.stop()
  await ageFiles(place.folder, desk.databaseKey, (count) => dice.int(count))
  const counted = place.ledger.count()
  desk.launch()
  const opened = (): boolean => desk.passed.includes('after open')
  const wait = async (): Promise<void> => {
    while (place.ledger.count() === counted && !opened()) await sleep(2)
    if (dice.chance(0.4)) return sleep(dice.between(0, 200))
    while (copiesOf(place.folder).length === 0 && !opened()) await sleep(1)
    await sleep(dice.between(0, 12))
  }
  return strike(parts, point, { wait })
}

/** Kills an app at its very first start, and lets the next one read the last seven days as a first sync does. */
export async function strikeCreation(
  parts: StrikeParts,
  point: KillPoint,
  folder: string,
  findings: Findings,
): Promise<boolean> {
  const { desk, gateway } = parts
  rmSync(folder, { recursive: true, force: true })
  gateway.setSpeed(0)
  try {
    desk.launch()
    const struck = await strike(parts, point)
    await desk.ensureOpen()
    const { runs } = await desk.call('sync', { types: [...orderTypes], range: null })
    if (runs.some(({ outcome }) => outcome !== 'understood')) findings.wrong.push('a first sync failed')
    const { rows } = await desk.call('rows', {})
    const held = new Set(rows.map(({ orderNo }) => orderNo))
    const must = gateway.truth().filter((order) => held.has(order.orderNo) || isRecent(order, gateway.now()))
    const { orders: details } = await desk.call('details', { ids: rows.map(({ id }) => id) })
    const { lost, duplicated } = compare(must, { rows, details }, { codes: () => [] })
    findings.lost.push(...lost.map((what) => `${what} of a first sync`))
    findings.duplicated.push(...duplicated)
    return struck
  } finally {
    await desk.stop()
  }
}

/** Of the last seven days, but for what a clock that is not quite right may leave to the next sync. */
function isRecent({ fields }: TruthOrder, now: number): boolean {
  const createdAt = fromBeijing(fields.createdAt ?? '')
  return createdAt > now - 7 * dayMs + hourMs && createdAt < now - hourMs
}

const fillableAt = ['before requests.open', 'before fetch', 'before replies.finish', 'before replies.merge'] as const
/** Nothing at all can be written any more. */
const noRoomBytes = 4_096

/** Lets the disk of the database process run full at some step of a sync; then there is room again, or a kill comes first. */
export async function strikeFullDisk(parts: StrikeParts, place: Place, findings: Findings): Promise<boolean> {
  const { desk, tally, dice } = parts
  const pid = place.ledger.running()
  if (pid === null || !canStarve()) return false
  const { reached } = await desk.arm(dice.pick(fillableAt), 0, true)
  const work = failures(desk, dice.chance(0.3))
  await Promise.race([reached, work])
  limitFileSize(pid, dice.chance(0.5) ? noRoomBytes : dice.int(largestFile(place.folder)))
  await desk.disarm()
  const errors = await work
  for (const code of errors) if (code !== 'diskFull') findings.wrong.push(`a full disk was told as ${code}`)
  if (errors.length > 0) tally.starved += 1
  if (dice.chance(0.5)) {
    await desk.kill('both')
    tally.noteKill('fullDisk', 'both')
  } else limitFileSize(pid, 'unlimited')
  return errors.length > 0
}

async function failures(desk: Desk, ranged: boolean): Promise<string[]> {
  const range = ranged ? { from: '2020-01-01 00:00:00', to: '2099-01-01 00:00:00' } : null
  try {
    const { runs } = await desk.call('sync', { types: [...orderTypes], range })
    return runs.flatMap(({ error }) => error?.code ?? [])
  } catch (thrown) {
    if (thrown instanceof AppError) return [thrown.code]
    throw thrown
  }
}
