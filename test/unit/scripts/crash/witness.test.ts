import { describe, expect, it } from 'vitest'
import { Witness } from '../../../../scripts/crash/witness.ts'

const reply = (...rows: object[]) => JSON.stringify({ code: 200, msg: '', data: rows })
const row = (status: number, more: object = {}) => ({
  order_no: 'A1',
  status,
  is_activated: 0,
  refund_status: '',
  ...more,
})

it('remembers each code once for each time it was come to', () => {
  const witness = new Witness()
  for (const status of [100, 100, 200, 100]) witness.hear(reply(row(status)))
  expect(witness.codes('A1', 'production')).toEqual(['100', '200', '100'])
})

it('tells a 0 from nothing said', () => {
  const witness = new Witness()
  witness.hear(reply(row(550), row(550, { is_activated: 1 })))
  expect(witness.codes('A1', 'activation')).toEqual(['0', '1'])
  expect(witness.codes('A1', 'refund')).toEqual([])
  expect(witness.codes('B2', 'production')).toEqual([])
})

it.each(['', '<html>', '{"code":200,"data":[{"order_no"', '{"code":200,"data":"同步成功 3 条"}', '[]', '7'])(
  'hears nothing in %j',
  (text) => {
    const witness = new Witness()
    witness.hear(text)
    expect(witness.codes('A1', 'production')).toEqual([])
  },
)

describe('a reply that was being made durable when a process was killed', () => {
  it('is heard once the database has said that it is durable, and only once', () => {
    const witness = new Witness()
    witness.finishing(1, reply(row(100)))
    expect(witness.codes('A1', 'production')).toEqual([])
    witness.durable(1)
    witness.found([1])
    expect(witness.codes('A1', 'production')).toEqual(['100'])
  })

  it('is heard where the next start finds it whole and not merged', () => {
    const witness = new Witness()
    witness.finishing(7, reply(row(100)))
    witness.found([6, 7])
    expect(witness.codes('A1', 'production')).toEqual(['100'])
  })

  it('is forgotten where the next start does not find it', () => {
    const witness = new Witness()
    witness.finishing(7, reply(row(100)))
    witness.found([])
    witness.durable(7)
    expect(witness.codes('A1', 'production')).toEqual([])
  })
})
