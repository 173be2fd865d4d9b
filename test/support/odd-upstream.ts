import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** One request as the server saw it. */
export interface SeenRequest {
  method: string
  path: string
  /** The raw query, or the raw body of a POST: the bytes that must be signed. */
  query: string
  parameters: URLSearchParams
  headers: IncomingMessage['headers']
  /** Monotonic ms. */
  arrivedAt: number
}

export type Answering = (request: SeenRequest, response: ServerResponse, index: number) => void

export interface OddUpstream {
  url: string
  port: number
  seen: SeenRequest[]
  /** What the next requests meet. */
  answer: Answering
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** A raw server for replies that no gateway should ever give. `tls`: speak TLS with this key and certificate. */
export async function startOddUpstream(answer: Answering, tls?: { key: string; cert: string }): Promise<OddUpstream> {
  const seen: SeenRequest[] = []
  const serve: RequestListener = (request, response) => {
    const arrivedAt = performance.now()
    void text(request).then((body) => {
      const [path = '', urlQuery = ''] = (request.url ?? '').split('?')
      const query = request.method === 'POST' ? body : urlQuery
      const { method = '', headers } = request
      seen.push({ method, path, query, parameters: new URLSearchParams(query), headers, arrivedAt })
      return upstream.answer(seen.at(-1)!, response, seen.length - 1)
    })
  }
  const server = tls === undefined ? createServer(serve) : createSecureServer(tls, serve)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  const url = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}/order`
  const upstream: OddUpstream = { url, port, seen, answer, close, [Symbol.asyncDispose]: close }
  return upstream
}

/** Answers so many orders in 敢探号 names. */
export function orders(response: ServerResponse, list: readonly object[]): void {
  json(response, { code: 200, msg: '成功', data: list })
}

export function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

/** An order in 敢探号 names, numbered, with what the test changes. */
export function anOrder(n: number, overrides: Readonly<Record<string, unknown>> = {}): object {
  return {
    order_sn: `20250101000${String(n).padStart(6, '0')}`,
    goods_name: '星卡 29 元',
    id_name: '张三',
    mobile: '13800138000',
    status: 460,
    status_name: '已领取',
    create_time: '2025-01-01 10:00:00',
    ...overrides,
  }
}
