import type { Range } from '#shared/contract/common.ts'
import { type Channel, channelParameter, type OrderType, orderTypeParameter } from '#domain/vocabulary.ts'
import type { UpstreamAccount } from './account.ts'

/** What one call asks for. `range` null: the incremental call, which delivers each order version once. */
export interface Question {
  type: OrderType
  channel: Channel
  range: Range | null
}

/**
 * The parameters of the API page in its order, without the empty ones. A token replaces name and password.
 * The order matters only to the signature, which covers the query exactly as it is sent.
 */
export function callParameters(account: UpstreamAccount, question: Question): Record<string, string | number> {
  const byToken = account.token !== ''
  const all: Record<string, string | number> = {
    key: account.key,
    name: byToken ? '' : account.name,
    password: byToken ? '' : account.password,
    token: account.token,
    api_url: account.apiUrl,
    api_token: account.apiToken,
    type: orderTypeParameter[question.type],
    channels: channelParameter[question.channel],
    apiuser: account.apiUser,
    apipwd: account.apiPwd,
    start: question.range?.from ?? '',
    end: question.range?.to ?? '',
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''))
}
