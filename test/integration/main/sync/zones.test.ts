import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { fromBeijing } from '#domain/beijing-time.ts'

const script = fileURLToPath(new URL('../../../fixtures/zones/zone-sync.ts', import.meta.url))
const run = promisify(execFile)

interface Told {
  offsetMinutes: number
  asked: [string | null, string | null][]
  [name: string]: unknown
}

async function toldIn(zone: string, moment: number): Promise<Told> {
  const env = { ...process.env, TZ: zone }
  const { stdout } = await run(process.execPath, ['--no-warnings', script, String(moment)], { env })
  return JSON.parse(stdout) as Told
}

/** New York changed its clocks on 8 March and 1 November 2026, London on 29 March and 25 October. */
describe.each([
  ['in the hour that New York has twice', '2026-11-01 13:30:00'],
  ['in the hour that London skips', '2026-03-29 09:30:00'],
  ['a second before midnight in Beijing', '2026-11-01 23:59:59'],
])('%s', (_when, beijing) => {
  const moment = fromBeijing(beijing)

  it('every range, stored time and quota day is the same on a PC of any zone', async () => {
    const beijingPc = await toldIn('Asia/Shanghai', moment)
    expect(beijingPc.asked.length).toBeGreaterThanOrEqual(3)
    expect(beijingPc.offsetMinutes).toBe(-480)
    for (const zone of ['America/New_York', 'Europe/London', 'Pacific/Kiritimati']) {
      const { offsetMinutes, ...told } = await toldIn(zone, moment)
      expect(offsetMinutes, zone).not.toBe(-480)
      const { offsetMinutes: _there, ...expected } = beijingPc
      expect(told, zone).toEqual(expected)
    }
  }, 60_000)
})
