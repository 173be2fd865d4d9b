import { expect, it } from 'vitest'
import { noFindings } from '../../../../scripts/crash/compare.ts'
import { Tally } from '../../../../scripts/crash/tally.ts'

it('counts a matter once, however it is worded in later rounds', () => {
  const tally = new Tally()
  const first = tally.note({ ...noFindings(), lost: ['order 1: production [100] lacks 200', 'order 2'] })
  const later = tally.note({ ...noFindings(), lost: ['order 1: production [100 300] lacks 200', 'order 3'] })
  expect(first).toEqual(['LOST order 1: production [100] lacks 200', 'LOST order 2'])
  expect(later).toEqual(['LOST order 3'])
  expect(tally.result(2)).toEqual({ rounds: 2, killed: 0, lost: 3, duplicated: 0, wrong: 0 })
})

it('counts kills by place and by victim', () => {
  const tally = new Tally()
  tally.noteKill('beforeSend', 'app')
  tally.noteKill('beforeSend', 'both')
  expect(tally.result(1)).toMatchObject({ killed: 2 })
  expect(tally.summary()).toContain('killed at: beforeSend 2\nkilled: app 1, both 1')
})
