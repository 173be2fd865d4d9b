import { describe, expect, it } from 'vitest'
import { errorCodes, type ErrorCode } from '#shared/errors.ts'
import { remedyFor } from '#renderer/components/error-remedy.ts'
import { ordersState, type OrdersFacts } from '#renderer/pages/orders/which-state.ts'
import { shownPage } from '#renderer/shell/shown-page.ts'
import { passphraseFault, vaultQuestion } from '#renderer/shell/vault-question.ts'
import { whichStrips, type StripFacts } from '#renderer/shell/which-strips.ts'
import { syncState, vault } from './builders.ts'

describe('which page is shown', () => {
  it.each([
    ['orders', 0, 'welcome'],
    ['sync', 0, 'welcome'],
    ['accounts', 0, 'accounts'],
    ['settings', 0, 'settings'],
    ['orders', 1, 'orders'],
    ['sync', 2, 'sync'],
  ] as const)('%s with %i accounts: %s', (page, accounts, shown) => {
    expect(shownPage(page, accounts)).toBe(shown)
  })
})

describe('what stands in the place of the orders', () => {
  const facts = (overrides: Partial<OrdersFacts>): OrdersFacts => ({
    total: 0,
    otherTab: 0,
    error: null,
    restricted: false,
    syncing: false,
    ...overrides,
  })

  it.each([
    [{ total: 3 }, 'none'],
    [{ total: null }, 'loading'],
    [{}, 'firstUse'],
    [{ restricted: true, syncing: true }, 'emptyFilter'],
    [{ syncing: true }, 'syncing'],
    [{ otherTab: 4 }, 'emptyTab'],
    [{ total: 3, error: 'databaseCorrupt' }, 'error'],
    [{ total: null, error: 'passphraseNeeded' }, 'locked'],
    [{ total: null, error: 'recoveryCodeNeeded' }, 'locked'],
  ] as const)('%o: %s', (overrides, state) => {
    expect(ordersState(facts(overrides))).toBe(state)
  })
})

describe('the strips above a page', () => {
  const facts = (overrides: Partial<StripFacts>): StripFacts => ({
    vault: vault(),
    online: true,
    real: true,
    sync: syncState(),
    syncing: false,
    ...overrides,
  })

  it('say nothing while there is nothing to say', () => {
    expect(whichStrips(facts({}))).toEqual([])
    expect(whichStrips(facts({ sync: null, vault: null }))).toEqual([])
  })

  it.each([
    [{ vault: vault({ locked: true }) }, ['locked']],
    [{ online: false }, ['offline']],
    [{ sync: syncState({ unclearInARow: 2 }) }, []],
    [{ sync: syncState({ unclearInARow: 3 }) }, ['unclear']],
    [{ sync: syncState({ openRequests: 1 }) }, ['openRequests']],
    [{ sync: syncState({ openRequests: 1 }), syncing: true }, []],
    [{ sync: syncState({ offerBackfill: true }) }, ['backfill']],
    [{ vault: vault({ recoveryCodeSeen: false }) }, ['recoveryCode']],
    [{ vault: vault({ recoveryCodeSeen: false, protection: 'none' }) }, []],
    [{ sync: syncState({ quota: { ...syncState().quota, used: 10_000 } }) }, ['quotaUsed']],
    [{ sync: syncState({ quota: { ...syncState().quota, spentByUpstream: true } }) }, ['quotaUsed']],
  ] as [Partial<StripFacts>, string[]][])('%o: %o', (overrides, strips) => {
    expect(whichStrips(facts(overrides))).toEqual(strips)
  })

  it('ask nothing of the practice account that concerns real data only', () => {
    const locked = vault({ locked: true, recoveryCodeSeen: false })
    expect(whichStrips(facts({ real: false, online: false, vault: locked }))).toEqual([])
  })
})

describe('the vault', () => {
  it.each([
    ['passphrase', 'unlock'],
    ['recoveryCode', 'recover'],
    ['newPassphrase', 'setUp'],
    ['nothing', 'setUp'],
  ] as const)('that needs %s asks: %s', (needs, question) => {
    expect(vaultQuestion(vault({ needs }))).toBe(question)
  })

  it.each([
    ['seven77', 'seven77', 'tooShort'],
    ['eight888', 'eight889', 'different'],
    ['eight888', 'eight888', null],
  ])('takes %s repeated as %s: %s', (passphrase, repeated, fault) => {
    expect(passphraseFault(passphrase, repeated)).toBe(fault)
  })
})

it('knows for every error whether a button helps', () => {
  const remedies = (Object.keys(errorCodes) as ErrorCode[]).map((code) => [code, remedyFor(code)])
  expect(Object.fromEntries(remedies)).toMatchObject({
    unauthorised: 'account',
    network: 'retry',
    passphraseNeeded: 'unlock',
    databaseCorrupt: 'none',
  })
})
