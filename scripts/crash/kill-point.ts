import type { FaultInput } from '#practice/gateway.ts'
import { Dice } from '#practice/world/dice.ts'

/** `any`: a sync, now and then of a range, of channel 2, or one that the follow-up makes. */
export type Operation = 'sync' | 'range' | 'callback' | 'followUp' | 'reconcile' | 'any' | 'repair' | 'export' | 'start'

/** One place at which a process is killed. */
export interface KillPoint {
  readonly name: string
  readonly operation: Operation
  /** The checkpoint that must have been reached; see watched-database.ts, app-under-test.ts and worker.ts. */
  readonly at: string
  /** The app waits there until the kill has come; else the kill comes at some time up to `delayMs` later. */
  readonly hold: boolean
  readonly delayMs: number
  /** Passed before the kill comes, it means that the place was left already. */
  readonly until: string | null
  /** Up to so many passings are let through first. */
  readonly most: number
  readonly fault: FaultInput | null
}

const slow: FaultInput = { kind: 'slow', times: 'always', delayMs: 150 }
const drip: FaultInput = { kind: 'drip', times: 'always', delayMs: 200 }

const held = { operation: 'any', hold: true, delayMs: 0, until: null, most: 1, fault: null } as const
const timed = { operation: 'any', hold: false, delayMs: 0, until: null, most: 1, fault: null } as const
const merging = { ...timed, until: 'after replies.merge' }
const exporting = { ...timed, operation: 'export', until: 'after exports.write', most: 0 } as const
const starting = { ...timed, operation: 'start', at: 'before open', until: 'after open', most: 0 } as const

export const killPoints: readonly KillPoint[] = [
  { ...held, name: 'beforeRequest', at: 'before requests.open' },
  { ...held, name: 'beforeSend', at: 'before fetch' },
  { ...timed, name: 'awaitingReply', at: 'before fetch', until: 'after fetch', delayMs: 140, fault: slow },
  {
    ...timed,
    name: 'duringReply',
    at: 'after replies.begin',
    until: 'before replies.finish',
    delayMs: 190,
    fault: drip,
  },
  { ...timed, name: 'storingReply', at: 'before replies.finish', until: 'after replies.finish', delayMs: 1 },
  { ...held, name: 'beforeCommit', operation: 'sync', at: 'before replies.merge' },
  { ...merging, name: 'duringMerge', at: 'before replies.merge', delayMs: 12 },
  // Told of a part merged, or of all of it just before the commit.
  { ...merging, name: 'duringCommit', operation: 'range', at: 'during replies.merge', delayMs: 2 },
  { ...held, name: 'afterCommit', at: 'after replies.merge' },
  { ...exporting, name: 'duringExport', at: 'before exports.write', delayMs: 15 },
  // Told when all rows are written, just before the file gets its name.
  { ...exporting, name: 'finishingExport', at: 'during exports.write', delayMs: 2 },
  { ...starting, name: 'duringMigration' },
  { ...starting, name: 'duringCreation', delayMs: 300 },
  { ...timed, name: 'fullDisk', at: 'before operation', most: 0 },
  { ...timed, name: 'anyTime', at: 'before operation', delayMs: 900, most: 0 },
]

const inASync: ReadonlySet<Operation> = new Set(['any', 'sync', 'range'])

/** Where the repair itself may be killed. */
export const repairPoints = killPoints.filter(
  ({ operation, at }) => inASync.has(operation) && at !== 'before operation',
)

/** Every point once, in an order of chance, before any comes again. */
export function pointOfRound(seed: number, round: number): KillPoint {
  const turn = Math.floor(round / killPoints.length)
  const dice = new Dice(seed, turn, 1)
  const shuffled = killPoints.map((point) => ({ point, place: dice.next() })).toSorted((a, b) => a.place - b.place)
  const drawn = shuffled[round % killPoints.length]
  if (drawn === undefined) throw new RangeError(`no round ${round}`)
  return drawn.point
}
