import '../../../support/plain-electron.ts'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { StoredAccount } from '#main/settings/config-document.ts'
import { ConfigStore } from '#main/settings/config-store.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const account: StoredAccount = {
  id: 'one',
  practice: false,
  createdAt: 1,
  settings: {
    label: '主账户',
    types: ['own'],
    gateway: '',
    method: 'GET',
    timeoutMs: 60_000,
    name: '',
    apiUrl: '',
    apiUser: '',
    sharedWithOthers: false,
  },
  backfillAnswered: false,
  followUp: true,
  secrets: {},
}

function openStore(folder = temporaryFolder()) {
  const told: { file: string; restored: boolean }[] = []
  const store = new ConfigStore({
    dataFolder: folder,
    now: () => new Date(2025, 0, 2, 3, 4, 5).getTime(),
    onSetAside: (file, restored) => told.push({ file, restored }),
  })
  return { store, folder, told, path: join(folder, 'config.json') }
}

const broken: [string, (path: string) => void][] = [
  ['truncated', (path) => writeFileSync(path, '{"version":1,"settings":{"locale":"zh')],
  ['empty', (path) => writeFileSync(path, '')],
  ['zeroed by a power cut', (path) => writeFileSync(path, Buffer.alloc(300))],
  ['foreign', (path) => writeFileSync(path, '{"window":{"width":800}}')],
  ['a list', (path) => writeFileSync(path, '[]')],
  ['null', (path) => writeFileSync(path, 'null')],
  ['of an unknown version', (path) => writeFileSync(path, '{"version":9,"settings":{},"accounts":[]}')],
  ['broken in one setting', (path) => writeFileSync(path, '{"version":1,"settings":{"theme":"pink"},"accounts":[]}')],
  ['holding a field nobody knows', (path) => writeFileSync(path, '{"version":1,"settings":{},"accounts":[],"x":1}')],
  ['a folder', (path) => mkdirSync(path)],
]

describe('the settings file', () => {
  it('keeps what was written for the next start', () => {
    const { store, folder } = openStore()
    store.update((document) => ({ ...document, accounts: [account] }))
    expect(openStore(folder).store.read().accounts).toEqual([account])
    expect(openStore(folder).store.account('one')).toEqual(account)
  })

  it('is only read when nothing is written', () => {
    const { store, folder } = openStore()
    expect(store.read()).toEqual({ version: 1, settings: {}, accounts: [] })
    expect(readdirSync(folder)).toEqual([])
  })

  it('leaves no temporary file behind', () => {
    const { store, folder } = openStore()
    store.update((document) => document)
    expect(readdirSync(folder).toSorted()).toEqual(['config.copy.json', 'config.json'])
  })

  it('sees what another process wrote', () => {
    const { store, folder } = openStore()
    store.read()
    openStore(folder).store.update((document) => ({ ...document, accounts: [account] }))
    expect(store.read().accounts).toEqual([account])
  })

  it('never writes what breaks its own rules', () => {
    const { store, folder } = openStore()
    expect(() => store.update((document) => ({ ...document, version: 2 as never }))).toThrow()
    expect(readdirSync(folder)).toEqual([])
  })

  it.each(broken)('is set aside under a dated name when %s, and the app goes on', (_how, damage) => {
    const { store, folder, told, path } = openStore()
    damage(path)
    expect(store.read()).toEqual({ version: 1, settings: {}, accounts: [] })
    expect(told).toEqual([{ file: 'config.json.damaged-20250102-030405', restored: false }])
    expect(readdirSync(folder)).toEqual(['config.json.damaged-20250102-030405'])
    store.update((document) => ({ ...document, settings: { theme: 'dark' } }))
    expect(store.read().settings).toEqual({ theme: 'dark' })
  })

  it('keeps the broken bytes as they were', () => {
    const { store, folder, path } = openStore()
    writeFileSync(path, '{"half":')
    store.read()
    expect(readFileSync(join(folder, 'config.json.damaged-20250102-030405'), 'utf8')).toBe('{"half":')
  })

  it('gives way to the last good copy, because orders hang on the accounts in it', () => {
    const { store, told, path } = openStore()
    store.update((document) => ({ ...document, accounts: [account] }))
    writeFileSync(path, '{"half":')
    expect(store.read().accounts).toEqual([account])
    expect(told).toEqual([{ file: 'config.json.damaged-20250102-030405', restored: true }])
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ accounts: [{ id: 'one' }] })
  })

  it('is set aside under a name of its own each time', () => {
    const { store, folder, path } = openStore()
    for (let time = 0; time < 2; time++) {
      writeFileSync(path, '{"half":')
      store.read()
    }
    expect(readdirSync(folder).toSorted()).toEqual([
      'config.json.damaged-20250102-030405',
      'config.json.damaged-20250102-030405-2',
    ])
  })
})
