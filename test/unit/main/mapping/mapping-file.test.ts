import { describe, expect, it } from 'vitest'
import { readMapping, readRulesOrFile, writeMapping } from '#main/mapping/mapping-file.ts'
import { rules } from '../../../support/mapping.ts'

const decided = rules({
  fields: { phone: ['tel_b'], remark: [] },
  words: [{ axis: 'production', word: '归档', means: 'settled' }],
  zoneMinutes: 0,
})
const file = (changes: object) =>
  JSON.stringify({ format: 'haoka-desk-mapping', version: 1, type: 'own', rules: decided, ...changes })

describe('a mapping file', () => {
  it('reads as it was written, with a byte order mark too', () => {
    const text = writeMapping('own', decided)
    expect(readMapping(text)).toEqual(decided)
    expect(readMapping(`\uFEFF${text}`)).toEqual(decided)
    expect(readRulesOrFile(text)).toEqual(decided)
  })

  it('has a newer version only where an older app could not read it: with a named zone', () => {
    const named = { ...decided, zoneMinutes: null, zone: 'America/New_York' }
    expect(JSON.parse(writeMapping('own', named))).toMatchObject({ version: 2 })
    expect(readMapping(writeMapping('own', named))).toEqual(named)
    expect(JSON.parse(writeMapping('own', { ...decided, zone: null }))).toMatchObject({ version: 1 })
    expect(readMapping(writeMapping('own', { ...decided, zone: null }))).toEqual(decided)
  })

  it('may be its rules alone on the command line, in parts', () => {
    expect(readRulesOrFile('{"zoneMinutes":0}')).toEqual(rules({ zoneMinutes: 0 }))
  })

  it.each([
    ['', 'mappingNotJson', ''],
    ['[1]', 'mappingOtherFormat', ''],
    ['null', 'mappingOtherFormat', ''],
    [file({ format: 'x' }), 'mappingOtherFormat', ''],
    [file({ version: 3 }), 'mappingNewer', 'version'],
    [file({ version: '1' }), 'mappingBadValue', 'version'],
    [file({ type: 'all' }), 'mappingBadValue', 'type'],
    [file({ more: 1 }), 'mappingBadValue', 'more'],
    [file({ rules: { ...decided, fields: { colour: ['a'] } } }), 'mappingBadValue', 'rules.fields.colour'],
    [
      file({ rules: { ...decided, codes: [{ axis: 'recharge', code: '1', means: 'shipped' }] } }),
      'mappingBadValue',
      'rules.codes.0',
    ],
    [file({ rules: { ...decided, zoneMinutes: 5_000 } }), 'mappingBadValue', 'rules.zoneMinutes'],
    [file({ rules: { ...decided, zone: 'Mars/Olympus' } }), 'zone', 'rules.zone'],
    [file({ rules: { ...decided, dateFormats: ['HH'] } }), 'dateFormat', 'rules.dateFormats.0'],
    [file({ rules: { ...decided, words: [...decided.words, ...decided.words] } }), 'twice', 'rules.words.1'],
    [`{"a":"${'x'.repeat(1_048_600)}"}`, 'mappingTooLarge', ''],
  ])('refuses %s', (text, problem, at) => {
    const thrown = (() => {
      try {
        return readMapping(text)
      } catch (error) {
        return error
      }
    })()
    expect(thrown).toMatchObject({ code: 'mappingInvalid', data: { problem, at } })
  })
})
