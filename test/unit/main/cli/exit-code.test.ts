import { describe, expect, it } from 'vitest'
import { decidingRun, exitCodeOfError, exitCodeOfRun } from '#main/cli/exit-code.ts'
import type { Run, RunOutcome } from '#shared/contract/sync.ts'
import { errorCodes, type ErrorCode } from '#shared/errors.ts'

function run(outcome: RunOutcome | null, error: ErrorCode | null = null, unreadable = 0): Run {
  return {
    id: '1',
    accountId: 'a',
    type: 'own',
    channel: 'sync',
    purpose: 'sync',
    range: null,
    startedAt: 0,
    endedAt: 1,
    requests: 1,
    received: 0,
    new: 0,
    changed: 0,
    unchanged: 0,
    unreadable,
    outcome,
    said: null,
    error: error === null ? null : { code: error, message: error, data: {} },
  }
}

describe('the exit code of an error', () => {
  it.each<[ErrorCode, number]>([
    ['usage', 2],
    ['unauthorised', 3],
    ['badParameters', 3],
    ['upstreamRefused', 3],
    ['upstreamFault', 3],
    ['tooFast', 3],
    ['quotaUsed', 4],
    ['network', 5],
    ['timeout', 5],
    ['tls', 5],
    ['passphraseNeeded', 1],
    ['dataFolderInUse', 1],
    ['accountNotFound', 1],
    ['cancelled', 1],
  ])('%s is %i', (code, expected) => {
    expect(exitCodeOfError(code)).toBe(expected)
  })

  it('is never that of success', () => {
    const codes = Object.keys(errorCodes).map((code) => exitCodeOfError(code as ErrorCode))
    expect(codes).not.toContain(0)
    expect(codes).not.toContain(6)
  })
})

describe('the exit code of a sync', () => {
  it.each<[string, Run[], number | null]>([
    ['no run failed', [run('understood'), run('unclear')], null],
    ['unreadable items are no failure', [run('understood', null, 3)], null],
    ['refused', [run('understood'), run('refused', 'unauthorised')], 3],
    ['refused for a reason without a number of its own', [run('refused', 'notJson')], 3],
    ['open after a timeout', [run('open', 'timeout')], 5],
    ['partial without a reason', [run('partial')], 1],
    ['cancelled', [run('cancelled', 'cancelled')], 1],
    ['a run that the app died in', [run(null)], 1],
    ['quota before refusal', [run('refused', 'badParameters'), run('failed', 'quotaUsed')], 4],
    ['refusal before network', [run('open', 'network'), run('refused', 'unauthorised')], 3],
    ['network before anything else', [run('failed', 'diskFull'), run('open', 'network')], 5],
    [
      'all of them',
      [run('failed', 'internal'), run('open', 'tls'), run('refused', 'tooFast'), run('failed', 'quotaUsed')],
      4,
    ],
  ])('%s', (_what, runs, expected) => {
    const deciding = decidingRun(runs)
    expect(deciding === null ? null : exitCodeOfRun(deciding)).toBe(expected)
  })
})
