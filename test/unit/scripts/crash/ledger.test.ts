import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { Ledger } from '../../../../scripts/crash/ledger.ts'

function ledgerWith(lines: string): Ledger {
  const folder = mkdtempSync(join(tmpdir(), 'haoka-ledger-'))
  vi.stubEnv('CRASH_LEDGER', '')
  onTestFinished(() => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true })
  })
  const file = join(folder, 'ledger')
  if (lines !== '') writeFileSync(file, lines)
  return new Ledger(file)
}

it('has nobody running before anybody was started', async () => {
  const ledger = ledgerWith('')
  expect(ledger.running()).toBeNull()
  expect(ledger.count()).toBe(0)
  expect(await ledger.allGone(0)).toBe(true)
})

it.runIf(process.platform === 'linux')('takes no stranger with a number of old for a database process', () => {
  const ledger = ledgerWith(`${process.pid}\n`)
  expect(ledger.count()).toBe(1)
  expect(ledger.running()).toBeNull()
})

it('waits for a line to be whole', () => {
  expect(ledgerWith('12').count()).toBe(0)
})
