import { createHash } from 'node:crypto'
import type { PracticeGateway } from '#practice/gateway.ts'

export type Parameters = Record<string, string | number>

export interface Reply {
  status: number
  code: number
  msg: string
  rows: Record<string, unknown>[]
  data: unknown
  text: string
  headers: Headers
}

/** The bytes of a merchant's call with everything right: key and token. `change` puts things in or ('') takes them out. */
function rawOf(gateway: PracticeGateway, change: Parameters): string {
  const { key, token } = gateway.credentials
  const all: Parameters = { key, token, type: 1, channels: 1, ...change }
  const kept = Object.entries(all).filter(([, value]) => value !== '')
  return new URLSearchParams(kept.map(([name, value]) => [name, String(value)])).toString()
}

export function ask(gateway: PracticeGateway, change: Parameters = {}, post = false): Promise<Reply> {
  return askRaw(gateway.url, rawOf(gateway, change), gateway.credentials.sk, post)
}

/** The same call as arguments of fetch, for tests that read the reply themselves. */
export function orderAddress(gateway: PracticeGateway, change: Parameters = {}): [string, RequestInit] {
  const raw = rawOf(gateway, change)
  return [`${gateway.url}?${raw}`, { headers: signed(raw, gateway.credentials.sk) }]
}

function signed(raw: string, sk: string | null): Record<string, string> {
  if (sk === null) return {}
  return {
    sign: createHash('md5')
      .update(raw + sk)
      .digest('hex'),
  }
}

/** A call whose bytes are the test's own; signed with `sk` unless that is null. */
export async function askRaw(url: string, raw: string, sk: string | null, post = false): Promise<Reply> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded;charset:utf-8;', ...signed(raw, sk) }
  const response = post
    ? await fetch(url, { method: 'POST', headers, body: raw })
    : await fetch(`${url}?${raw}`, { headers, redirect: 'manual' })
  const text = await response.text()
  return read(text, response)
}

function read(text: string, response: Response): Reply {
  const { status, headers } = response
  try {
    const body = JSON.parse(text) as { code: number; msg: string; data: unknown }
    const rows = Array.isArray(body.data) ? (body.data as Record<string, unknown>[]) : []
    return { status, headers, text, code: body.code, msg: body.msg, data: body.data, rows }
  } catch {
    return { status, headers, text, code: Number.NaN, msg: '', data: null, rows: [] }
  }
}
