import type { UpstreamAccount } from '#main/upstream/account.ts'

/** An account with nothing set but a key. */
export function anAccount(overrides: Partial<UpstreamAccount> = {}): UpstreamAccount {
  return {
    id: 'account-1',
    gateway: '',
    method: 'GET',
    timeoutMs: 60_000,
    types: ['own'],
    sharedWithOthers: false,
    key: 'the-key',
    name: '',
    password: '',
    token: '',
    apiUrl: '',
    apiToken: '',
    apiUser: '',
    apiPwd: '',
    sk: '',
    ...overrides,
  }
}
