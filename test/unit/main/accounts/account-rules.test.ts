import { describe, expect, it } from 'vitest'
import { checkComplete, foldLabel, normaliseSecrets } from '#main/accounts/account-rules.ts'
import { secretNames, type AccountSettings, type SecretName } from '#shared/contract/accounts.ts'

const settings: AccountSettings = {
  label: 'A',
  types: ['own'],
  gateway: '',
  method: 'GET',
  timeoutMs: 60_000,
  name: '',
  apiUser: '',
  sharedWithOthers: false,
}

function set(...names: SecretName[]): Record<SecretName, boolean> {
  return Object.fromEntries(secretNames.map((name) => [name, names.includes(name)])) as Record<SecretName, boolean>
}

describe('labels', () => {
  it.each([
    ['Main', 'main'],
    ['ＭＡＩＮ １', 'main 1'],
    ['  Main ', 'MAIN'],
    ['主　账户', '主 账户'],
    ['A  B', 'a b'],
  ])('%j and %j are the same', (one, other) => {
    expect(foldLabel(one)).toBe(foldLabel(other))
  })

  it.each([
    ['主账户', '副账户'],
    ['A1', 'A2'],
    ['AB', 'A B'],
  ])('%j and %j differ', (one, other) => {
    expect(foldLabel(one)).not.toBe(foldLabel(other))
  })
})

describe('an account is complete', () => {
  it.each<[string, string, SecretName[]]>([
    ['with key and token', '', ['key', 'token']],
    ['with key, name and password', '13800000000', ['key', 'password']],
  ])('%s', (_what, name, names) => {
    expect(() => checkComplete({ ...settings, name }, set(...names))).not.toThrow()
  })

  it.each<[string, string, SecretName[], string]>([
    ['without everything', '', [], 'key,login'],
    ['without the key', '', ['token'], 'key'],
    ['without a login', '', ['key'], 'login'],
    ['with a password but no name', '', ['key', 'password'], 'login'],
    ['with a name but no password', 'x', ['key', 'sk'], 'login'],
  ])('not %s', (_what, name, names, missing) => {
    expect(() => checkComplete({ ...settings, name }, set(...names))).toThrow(
      expect.objectContaining({ code: 'accountIncomplete', data: { missing } }),
    )
  })
})

describe('secrets as they were entered', () => {
  it('keep their meaning: left out, cleared, set', () => {
    expect(normaliseSecrets({ key: ' abc\n', token: null, sk: '' })).toEqual({ key: 'abc', token: null, sk: null })
  })

  it('keep the spaces of a password', () => {
    expect(normaliseSecrets({ password: ' a b ', apiPwd: ' ' })).toEqual({ password: ' a b ', apiPwd: ' ' })
  })
})
