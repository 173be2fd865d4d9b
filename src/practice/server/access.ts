import { createHash, timingSafeEqual } from 'node:crypto'

/** An error of the documented kind: its code and the words beside it. */
export interface Refusal {
  code: number
  msg: string
}

/** What the merchant's console and 敢探号 know. sk null: signature check off. */
export interface Credentials {
  keys: readonly string[]
  name: string
  password: string
  token: string
  sk: string | null
}

/** Names a key without saying it: for marks, counts and logs. */
export function fingerprint(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 16)
}

/** The key of the console. */
export function refuseKey(key: string | undefined, known: Credentials): Refusal | null {
  if (key === undefined || key === '') return { code: 403, msg: '没有权限：缺少接口密钥key' }
  return known.keys.some((one) => same(one, key)) ? null : { code: 403, msg: '没有权限：接口密钥无效' }
}

/** `sign` = md5(bytes as they came + SK), lower-case hex, when the signature check is on. */
export function refuseSignature(sign: string | undefined, raw: Buffer, known: Credentials): Refusal | null {
  if (known.sk === null) return null
  if (sign === undefined || sign === '') return { code: 403, msg: '没有权限：缺少签名' }
  const right = createHash('md5').update(raw).update(known.sk, 'utf8').digest('hex')
  return same(sign, right) ? null : { code: 403, msg: '没有权限：签名校验失败' }
}

/** 敢探号's token, else name and password. */
export function refuseLogin(parameters: ReadonlyMap<string, string>, known: Credentials): Refusal | null {
  const token = parameters.get('token') ?? ''
  if (token !== '') return same(token, known.token) ? null : { code: 403, msg: 'token无效或已过期，请重新登录' }
  const name = parameters.get('name') ?? ''
  const password = parameters.get('password') ?? ''
  if (name === '' || password === '') return { code: 400, msg: '参数错误：请传token，或敢探号登录账号和密码' }
  return same(name, known.name) && same(password, known.password)
    ? null
    : { code: 403, msg: '敢探号登录失败：账号或密码错误' }
}

/** Equal, in a time that does not depend on where they differ. */
export function same(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest())
  return left !== undefined && right !== undefined && timingSafeEqual(left, right)
}
