import type { OrderType } from '#domain/vocabulary.ts'

/**
 * Everything one call needs of an account, secrets included, so it never leaves the main process and is never logged.
 * All texts are trimmed; '' means not set (the parameter is then left out).
 */
export interface UpstreamAccount {
  id: string
  /** '' means the documented address. */
  gateway: string
  method: 'GET' | 'POST'
  /** Patience for the first byte of a reply, and for each next piece of it. */
  timeoutMs: number
  /** The order types this account uses. */
  types: readonly OrderType[]
  /** Another program also takes orders of this account, so only explicit ranges are sure to return them. */
  sharedWithOthers: boolean
  /** API key of the console. */
  key: string
  /** 敢探号 login and password; not sent when a token is set. */
  name: string
  password: string
  token: string
  apiUrl: string
  apiToken: string
  apiUser: string
  apiPwd: string
  /** 签名校验: secret key of the console; '' leaves the call unsigned. */
  sk: string
}
