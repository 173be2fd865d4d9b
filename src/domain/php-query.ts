import { createHash } from 'node:crypto'

export type QueryValue = string | number | boolean | null | undefined

/**
 * The query string exactly as PHP 8's `http_build_query` makes it (RFC 1738), because the upstream signs that string:
 * space is `+`, only letters, digits, `-`, `_` and `.` stay bare, null (and undefined) is dropped, booleans are 1 and 0,
 * numbers as PHP prints them. The pairs keep the object's own order. What this returns must also be what is sent.
 */
export function httpBuildQuery(params: Readonly<Record<string, QueryValue>>): string {
  const pairs: string[] = []
  for (const [name, value] of Object.entries(params)) {
    if (value === null || value === undefined) continue
    pairs.push(`${urlencode(name)}=${urlencode(phpText(value))}`)
  }
  return pairs.join('&')
}

/** The API's `sign` header: md5(query + SK) over UTF-8, lower-case hex. */
export function signQuery(query: string, sk: string): string {
  return createHash('md5')
    .update(query + sk, 'utf8')
    .digest('hex')
}

/** PHP's `urlencode`. A lone surrogate has no UTF-8 form; it becomes U+FFFD, as every UTF-8 encoder here writes it. */
function urlencode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replaceAll('%20', '+')
    .replaceAll(/[!'()*~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}

function phpText(value: string | number | boolean): string {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? '1' : '0'
  return Number.isSafeInteger(value) && !Object.is(value, -0) ? String(value) : phpFloat(value)
}

/** PHP's `%.14G` (ini setting precision = 14, its default), which http_build_query uses for floats. */
function phpFloat(value: number): string {
  if (Number.isNaN(value)) return 'NAN'
  if (!Number.isFinite(value)) return value > 0 ? 'INF' : '-INF'
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  const { digits, exponent } = rounded(Math.abs(value))
  const text = exponent < -4 || exponent >= significantDigits ? scientific(digits, exponent) : fixed(digits, exponent)
  return value < 0 ? `-${text}` : text
}

const significantDigits = 14

/** The digits without trailing zeros. A tie goes to the even digit in PHP, and up in JavaScript. */
function rounded(value: number): { digits: string; exponent: number } {
  const [mantissa = '', exponent = '0'] = value.toExponential(significantDigits - 1).split('e')
  // oxlint-disable-next-line oxc/number-arg-out-of-range -- the language allows 100; 20 would take a near tie for a tie
  const [exactMantissa = '', exactExponent = '0'] = value.toExponential(40).split('e')
  const exact = exactMantissa.replace('.', '')
  const cut = exact.slice(0, significantDigits)
  const isTieToEven = /^50*$/.test(exact.slice(significantDigits)) && Number(cut.at(-1)) % 2 === 0
  const digits = isTieToEven ? cut : mantissa.replace('.', '')
  return { digits: digits.replace(/0+$/, ''), exponent: Number(isTieToEven ? exactExponent : exponent) }
}

function scientific(digits: string, exponent: number): string {
  return `${digits[0]}.${digits.slice(1) || '0'}E${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`
}

function fixed(digits: string, exponent: number): string {
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0')
  const fraction = digits.slice(exponent + 1)
  return fraction === '' ? whole : `${whole}.${fraction}`
}
