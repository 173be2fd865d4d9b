import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseArguments } from '#main/cli/parse-arguments.ts'
import { AppError } from '#shared/errors.ts'

const from = '2024-09-01 00:00:00'
const to = '2024-09-30 23:59:59'

/** Words as a shell would split them; `~` stands for a space inside a word. */
const words = (line: string): string[] => line.split(' ').map((word) => word.replaceAll('~', ' '))

describe('the arguments of a command', () => {
  it.each<[string, object]>([
    ['help', { name: 'help' }],
    ['--help', { name: 'help' }],
    ['sync -h', { name: 'help' }],
    ['account list', { name: 'account list' }],
    ['account add --json -', { name: 'account add' }],
    ['account add --json=-', { name: 'account add' }],
    ['account remove --account 主~账户', { name: 'account remove', account: '主 账户', withData: false }],
    ['account remove --with-data --account A', { name: 'account remove', account: 'A', withData: true }],
    ['sync --account A', { name: 'sync', account: 'A', type: null, channel: 'sync', range: null }],
    ['sync --account A --type all --channel callback', { type: null, channel: 'callback' }],
    ['sync --account=A --type=own', { account: 'A', type: 'own' }],
    ['sync --account=--odd', { account: '--odd' }],
    ['sync --account -A', { account: '-A' }],
    ['sync --account A --from 2024-09-01~00:00:00 --to 2024-09-30~23:59:59', { range: { from, to } }],
    [
      'export --account A --out /tmp/x.csv',
      { name: 'export', account: 'A', out: '/tmp/x.csv', type: null, status: null, from: null, to: null },
    ],
    ['export --account A --out x --status 已发货 --from 2024-09-01~00:00:00', { status: '已发货', from, to: null }],
    ['export --account A --out x --status -200', { status: '-200' }],
    [
      'export --account A --out x',
      { format: 'csv', encoding: 'utf8', delimiter: 'comma', masked: false, history: false, columns: null },
    ],
    [
      'export --account A --out x --encoding gbk --delimiter tab --masked --history',
      { encoding: 'gbk', delimiter: 'tab', masked: true, history: true },
    ],
    ['export --account A --out x --format xlsx', { format: 'xlsx' }],
    ['export --account A --out 订单.XLSX', { format: 'xlsx' }],
    ['export --account A --out x.xlsx --format csv', { format: 'csv' }],
    ['export --account A --out x --columns orderNo,手机号,Stage', { columns: ['orderNo', 'phone', 'stage'] }],
    ['history --account A --order 0012', { name: 'history', account: 'A', orderNo: '0012' }],
    ['quota --account A', { name: 'quota', account: 'A' }],
    ['follow-up --account A', { name: 'follow-up', account: 'A', plan: false }],
    ['follow-up --plan --account A', { name: 'follow-up', account: 'A', plan: true }],
    ['reconcile --account A', { name: 'reconcile', account: 'A' }],
  ])('%s', (line, expected) => {
    expect(parseArguments(words(line))).toMatchObject(expected)
  })

  it.each<[string, string, string]>([
    ['', 'unknownCommand', ''],
    ['synk --account A', 'unknownCommand', 'synk'],
    ['__proto__', 'unknownCommand', '__proto__'],
    ['constructor', 'unknownCommand', 'constructor'],
    ['account', 'unknownCommand', 'account'],
    ['account rename', 'unknownCommand', 'account rename'],
    ['account add', 'missing', '--json'],
    ['account add --json file.json', 'notAllowed', '--json'],
    ['account list all', 'unknownOption', 'all'],
    ['export --account A --out x --format ods', 'notAllowed', '--format ods'],
    ['export --account A --out x --encoding latin1', 'notAllowed', '--encoding latin1'],
    ['export --account A --out x.xlsx --encoding gbk', 'notAllowed', '--encoding (xlsx)'],
    ['export --account A --out x --format xlsx --delimiter tab', 'notAllowed', '--delimiter (xlsx)'],
    ['export --account A --out x --columns orderNo,没有这列', 'notAllowed', '--columns 没有这列'],
    ['export --account A --out x --columns phone,手机号', 'notAllowed', '--columns (2×)'],
    ['sync', 'missing', '--account'],
    ['sync --account', 'noValue', '--account'],
    ['sync --account --type own', 'noValue', '--account'],
    ['sync --account=', 'noValue', '--account'],
    ['sync --account A --typ own', 'unknownOption', '--typ'],
    ['sync --account A --__proto__ x', 'unknownOption', '--__proto__'],
    ['sync --account A -x', 'unknownOption', '-x'],
    ['sync --account A own', 'unknownOption', 'own'],
    ['sync --account A --account B', 'notAllowed', '--account (2×)'],
    ['sync --account A --type ours', 'notAllowed', '--type ours'],
    ['sync --account A --channel 2', 'notAllowed', '--channel 2'],
    ['sync --account A --from 2024-09-01~00:00:00', 'missing', '--to'],
    ['sync --account A --to 2024-09-01~00:00:00', 'missing', '--from'],
    ['sync --account A --from 2024-02-30~00:00:00 --to 2024-09-01~00:00:00', 'badTime', '--from 2024-02-30 00:00:00'],
    ['sync --account A --from 2024-09-01 --to 2024-09-02', 'badTime', '--from 2024-09-01'],
    ['sync --account A --from 2024-09-02~00:00:00 --to 2024-09-01~00:00:00', 'badRange', '--from --to'],
    ['export --account A', 'missing', '--out'],
    ['export --out x', 'missing', '--account'],
    ['export --account A --out x --status', 'noValue', '--status'],
    ['history --account A', 'missing', '--order'],
    ['quota', 'missing', '--account'],
    ['account remove --account A --with-data=yes', 'notAllowed', '--with-data'],
    [`quota --account ${'A'.repeat(201)}`, 'tooLong', '--account'],
  ])('refuses %j: %s %s', (line, problem, subject) => {
    expect(() => parseArguments(words(line).filter((word) => word !== ''))).toThrow(
      expect.objectContaining({ code: 'usage', data: { problem, subject } }),
    )
  })

  it('end in a command or in a usage error, whatever they are', () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom('account', 'add', 'sync', 'export', '--account', '--type', '--json', '-', '--', 'own', '--a=b'),
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (given) => {
        try {
          return parseArguments(given).name !== undefined
        } catch (error) {
          return error instanceof AppError && error.code === 'usage'
        }
      }),
    )
  })
})
