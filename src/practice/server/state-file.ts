import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

const stateSchema = z.strictObject({
  version: z.literal(1),
  world: z.strictObject({ seed: z.number(), orders: z.number(), historyDays: z.number(), epochMs: z.number() }),
  clock: z.strictObject({ practiceMs: z.number(), realMs: z.number(), speed: z.number() }),
  marks: z.record(z.string(), z.string().regex(/^[0-9a-z]*$/)),
  count: z.strictObject({ day: z.string(), calls: z.record(z.string(), z.number()) }),
})
export type PracticeState = z.infer<typeof stateSchema>

/**
 * The state of an earlier run, or null where there is none. A file that cannot be read is set aside under a dated name:
 * practice then begins anew instead of refusing to start.
 */
export function loadState(path: string, nowMs: number): PracticeState | null {
  if (!existsSync(path)) return null
  try {
    return stateSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    renameSync(path, `${path}.unreadable-${nowMs}`)
    return null
  }
}

/** Written beside, made durable, then renamed: there is always one whole file. */
export function saveState(path: string, state: PracticeState): void {
  mkdirSync(dirname(path), { recursive: true })
  const beside = `${path}.new`
  const file = openSync(beside, 'w', 0o600)
  try {
    writeSync(file, JSON.stringify(state))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(beside, path)
}
