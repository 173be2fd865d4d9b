import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { asFileError, createFileDurably, readJson, setAside, writeFileDurably } from '#main/settings/durable-file.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

describe('a durable file', () => {
  it('is replaced whole, readable by its owner only, with nothing left beside it', () => {
    const folder = temporaryFolder()
    const path = join(folder, 'deep', 'file.json')
    writeFileDurably(path, 'one')
    writeFileDurably(path, 'two')
    expect(readFileSync(path, 'utf8')).toBe('two')
    expect(readdirSync(join(folder, 'deep'))).toEqual(['file.json'])
  })

  it('is made once, whoever comes second', () => {
    const path = join(temporaryFolder(), 'file.json')
    expect(createFileDurably(path, 'first')).toBe(true)
    expect(createFileDurably(path, 'second')).toBe(false)
    expect(readFileSync(path, 'utf8')).toBe('first')
  })

  it('says so when it cannot be written, and leaves nothing', () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'file.json'))
    expect(() => writeFileDurably(join(folder, 'file.json'), 'x')).toThrow(
      expect.objectContaining({ code: 'fileNotWritable' }),
    )
    writeFileSync(join(folder, 'plain'), '')
    expect(() => writeFileDurably(join(folder, 'plain', 'file.json'), 'x')).toThrow(
      expect.objectContaining({ code: 'fileNotWritable' }),
    )
    expect(readdirSync(folder).toSorted()).toEqual(['file.json', 'plain'])
  })

  it.each([
    ['ENOSPC', 'diskFull'],
    ['EDQUOT', 'diskFull'],
    ['EACCES', 'fileNotWritable'],
    ['EROFS', 'fileNotWritable'],
  ])('%s is told as %s', (code, expected) => {
    expect(asFileError(Object.assign(new Error('failed'), { code })).code).toBe(expected)
  })
})

describe('reading JSON', () => {
  it('takes what is no JSON for nothing, and never what cannot be read', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'half.json'), '{"a":')
    writeFileSync(join(folder, 'whole.json'), '{"a":1}')
    expect(readJson(join(folder, 'half.json'))).toBeUndefined()
    expect(readJson(join(folder, 'missing.json'))).toBeUndefined()
    expect(readJson(folder)).toBeUndefined()
    expect(readJson(join(folder, 'whole.json'))).toEqual({ a: 1 })
    expect(() => readJson(join(folder, 'whole.json', 'below'))).toThrow(
      expect.objectContaining({ code: 'fileNotWritable' }),
    )
  })
})

describe('setting aside', () => {
  it('keeps what was there under a dated name of its own', () => {
    const folder = temporaryFolder()
    const path = join(folder, 'config.json')
    const nowMs = new Date(2025, 11, 31, 23, 59, 58).getTime()
    const names = ['one', 'two'].map((text) => {
      writeFileSync(path, text)
      return setAside(path, nowMs)
    })
    expect(names).toEqual(['config.json.damaged-20251231-235958', 'config.json.damaged-20251231-235958-2'])
    expect(names.map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(['one', 'two'])
  })
})
