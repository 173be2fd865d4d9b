import { describe, expect, it } from 'vitest'
import { callParameters } from '#main/upstream/parameters.ts'
import { anAccount } from '../../../support/upstream-account.ts'

const everything = anAccount({
  name: 'login',
  password: 'pass',
  token: 'token',
  apiUrl: 'https://me.example/hook',
  apiToken: 'api-token',
  apiUser: 'user',
  apiPwd: 'pwd',
})
const range = { from: '2024-09-01 00:00:00', to: '2024-12-31 23:59:00' }

describe('the parameters of a call', () => {
  it('come in the order of the API page, the token in place of name and password', () => {
    const parameters = callParameters(everything, { type: 'distributor', channel: 'callback', range })
    expect(Object.entries(parameters)).toEqual([
      ['key', 'the-key'],
      ['token', 'token'],
      ['api_url', 'https://me.example/hook'],
      ['api_token', 'api-token'],
      ['type', 2],
      ['channels', 2],
      ['apiuser', 'user'],
      ['apipwd', 'pwd'],
      ['start', '2024-09-01 00:00:00'],
      ['end', '2024-12-31 23:59:00'],
    ])
  })

  it('hold name and password where there is no token', () => {
    const account = anAccount({ name: 'login', password: 'pass' })
    const parameters = callParameters(account, { type: 'own', channel: 'sync', range: null })
    expect(parameters).toEqual({ key: 'the-key', name: 'login', password: 'pass', type: 1, channels: 1 })
  })

  it('leave out what is empty, start and end of an incremental call among it', () => {
    const parameters = callParameters(anAccount(), { type: 'own', channel: 'sync', range: null })
    expect(Object.keys(parameters)).toEqual(['key', 'type', 'channels'])
  })

  it('keep a value of 0, which is not empty', () => {
    expect(
      callParameters(anAccount({ name: '0', password: '0' }), { type: 'own', channel: 'sync', range: null }),
    ).toMatchObject({ name: '0', password: '0' })
  })
})
