import type { Account, AccountSettings, SecretName, SecretsInput } from '#shared/contract/accounts.ts'
import { secretNames } from '#shared/contract/accounts.ts'
import type { AccountInput } from '../../app/create-accounts.ts'

/** A secret in the form: what was typed now, or a wish to clear. What is stored never comes here. */
export interface SecretDraft {
  typed: string
  cleared: boolean
}

export interface AccountForm {
  id: string | null
  settings: AccountSettings
  secrets: Record<SecretName, SecretDraft>
  /** Which secrets main already holds. */
  set: Readonly<Record<SecretName, boolean>>
}

export const defaultTimeoutMs = 60_000

const blank: AccountSettings = {
  label: '',
  types: ['own', 'distributor'],
  gateway: '',
  method: 'GET',
  timeoutMs: defaultTimeoutMs,
  name: '',
  apiUser: '',
  sharedWithOthers: false,
}

export function newForm(): AccountForm {
  return {
    id: null,
    settings: { ...blank, types: [...blank.types] },
    secrets: noDrafts(),
    set: eachSecret(() => false),
  }
}

export function formOf(account: Account): AccountForm {
  const { label, types, gateway, method, timeoutMs, name, apiUser, sharedWithOthers } = account
  return {
    id: account.id,
    settings: { label, types: [...types], gateway, method, timeoutMs, name, apiUser, sharedWithOthers },
    secrets: noDrafts(),
    set: account.secrets,
  }
}

/** What goes to main: an untouched secret is left out, a cleared one is null, a typed one is its text. */
export function inputOf(form: AccountForm): AccountInput {
  const secrets: SecretsInput = {}
  for (const name of secretNames) {
    const { typed, cleared } = form.secrets[name]
    if (typed !== '') secrets[name] = typed
    else if (cleared) secrets[name] = null
  }
  const settings = { ...form.settings, types: [...form.settings.types] }
  return form.id === null ? { settings, secrets } : { id: form.id, settings, secrets }
}

export type FormField = 'label' | 'types' | 'key' | 'login' | 'gateway' | 'apiUrl' | 'timeoutMs'
export type FormFault = 'missing' | 'login' | 'taken' | 'address' | 'timeout'

/** What stands in the way of saving, by field. `others` are the other accounts' labels. */
export function faultsOf(form: AccountForm, others: readonly string[]): Partial<Record<FormField, FormFault>> {
  const faults: Partial<Record<FormField, FormFault>> = {}
  const { label, types, gateway, timeoutMs, name } = form.settings
  if (label.trim() === '') faults.label = 'missing'
  else if (others.includes(label.trim())) faults.label = 'taken'
  if (types.length === 0) faults.types = 'missing'
  if (!has(form, 'key')) faults.key = 'missing'
  if (!has(form, 'token') && !(name.trim() !== '' && has(form, 'password'))) faults.login = 'login'
  if (gateway.trim() !== '' && !isWebAddress(gateway.trim())) faults.gateway = 'address'
  const apiUrl = form.secrets.apiUrl.typed.trim()
  if (apiUrl !== '' && !isWebAddress(apiUrl)) faults.apiUrl = 'address'
  if (!(timeoutMs >= 1_000 && timeoutMs <= 600_000)) faults.timeoutMs = 'timeout'
  return faults
}

/** The secret will be there after saving. */
export function has(form: AccountForm, name: SecretName): boolean {
  const { typed, cleared } = form.secrets[name]
  return typed !== '' || (form.set[name] && !cleared)
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

function noDrafts(): Record<SecretName, SecretDraft> {
  return eachSecret(() => ({ typed: '', cleared: false }))
}

function eachSecret<T>(make: () => T): Record<SecretName, T> {
  return Object.fromEntries(secretNames.map((name) => [name, make()])) as Record<SecretName, T>
}
