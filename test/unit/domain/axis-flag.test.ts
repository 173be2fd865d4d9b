import { describe, expect, it } from 'vitest'
import { axisFlag } from '#domain/axis-flag.ts'

describe('a side axis that came as a bare number', () => {
  it.each([
    ['activation', '0', 'shipped', 'notActivated'],
    ['activation', '1', 'activated', 'activated'],
    ['recharge', '0', 'activated', 'notRecharged'],
    ['recharge', '1', 'recharged', 'recharged'],
    ['recharge', '1', 'settled', 'recharged'],
    // 1 is "not yet" where 2 is the recharge
    ['recharge', '1', 'activated', null],
    ['settlement', '0', 'activated', 'notSettled'],
    ['settlement', '1', 'activated', null],
    ['activation', '100', 'activated', null],
    // 0 ends an order in one system and begins it in another
    ['production', '0', 'gone', null],
  ] as const)('%s %s of an order that is %s is shown as %s', (axis, code, stage, word) => {
    expect(axisFlag(axis, code, stage)).toBe(word)
  })
})
