import { describe, expect, it } from 'vitest'
import { readLaunchOptions } from '#main/launch/launch-options.ts'

const isAppPath = (argument: string): boolean => argument === '/app'
const nothing = { dataDir: null, practice: false, command: [], problem: null }

describe('the arguments of a start', () => {
  it.each<[string, string[], Partial<typeof nothing> | object]>([
    ['nothing given', ['electron'], {}],
    ['a packaged start', ['/usr/bin/haoka-desk'], {}],
    ['an unpackaged start', ['electron', '/app'], {}],
    ['--practice', ['electron', '/app', '--practice'], { practice: true }],
    ['--data-dir with a space', ['electron', '/app', '--data-dir', '/d 1'], { dataDir: '/d 1' }],
    ['--data-dir with =', ['electron', '/app', '--data-dir=/d'], { dataDir: '/d' }],
    [
      'a command with its own switches',
      ['electron', '/app', 'sync', '--account', '张三店', '--type', 'all'],
      { command: ['sync', '--account', '张三店', '--type', 'all'] },
    ],
    [
      '--data-dir in the middle of a command',
      ['haoka', 'export', '--data-dir', '/d', '--account', 'a', '--out', 'x.csv'],
      { dataDir: '/d', command: ['export', '--account', 'a', '--out', 'x.csv'] },
    ],
    [
      '--data-dir before and standard input after',
      ['haoka', '--data-dir', '/d', 'account', 'add', '--json', '-'],
      { dataDir: '/d', command: ['account', 'add', '--json', '-'] },
    ],
    [
      "Electron's and the test driver's own arguments",
      ['electron', '--no-sandbox', '-r', '/x/loader.js', '--inspect=0', '/app', '--practice'],
      { practice: true },
    ],
    [
      "Chromium's switches around a command",
      ['haoka', '--no-sandbox', '--disable-gpu', 'quota', '--account', 'a', '--password-store=basic'],
      { command: ['quota', '--account', 'a'] },
    ],
    ['an unknown switch before any word', ['haoka', '--whatever=1', '--practice'], { practice: true }],
    [
      'an unknown switch before a command, which the command line answers',
      ['haoka', '--data-dir', '/d', '--whatever', 'account', 'list'],
      { dataDir: '/d', command: ['--whatever', 'account', 'list'] },
    ],
    ['what macOS adds', ['haoka', '-psn_0_12345'], {}],
    [
      'words after -- as they are',
      ['electron', '--no-sandbox', '/app', '--', 'sync', '--type=own', '--disable-x'],
      { command: ['sync', '--type=own', '--disable-x'] },
    ],
    [
      '--data-dir after --',
      ['electron', '/app', '--', '--data-dir', '/d', '--practice'],
      { dataDir: '/d', practice: true },
    ],
    ['a cry for help', ['haoka', '--no-sandbox', '--help'], { command: ['--help'] }],
    ['an unknown word, which the command line answers', ['haoka', 'frobnicate'], { command: ['frobnicate'] }],
    [
      '--data-dir without a folder',
      ['haoka', 'quota', '--data-dir'],
      { command: ['quota'], problem: '--data-dir needs a folder' },
    ],
    [
      '--data-dir followed by a switch',
      ['haoka', '--data-dir', '--practice'],
      { problem: '--data-dir needs a folder' },
    ],
  ])('are read: %s', (_title, argv, expected) => {
    expect(readLaunchOptions(argv, isAppPath)).toEqual({ ...nothing, ...expected })
  })
})
