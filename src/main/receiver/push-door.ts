import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { checkPush, isPing } from '#domain/push/check-push.ts'
import { openPush } from '#domain/push/open-push.ts'
import { pushLimits, type PushRefusal } from '#shared/contract/receiver.ts'
import { limits } from '#shared/contract/common.ts'
import { BodyTooLarge, NoRoom, readBody } from './read-body.ts'
import { ownerOf } from './secret-path.ts'

/** A push that passed the checks, for the database process. */
export interface AcceptedPush {
  method: 'GET' | 'POST' | 'PUT'
  contentType: string
  query: string
  body: Uint8Array<ArrayBuffer>
}

/** An account behind a door. */
export interface Endpoint {
  readonly accountId: string
  readonly secret: string
  /** '' where none is set. */
  readonly apiToken: string
  readonly answer: string
  /** Resolves once the push is durable; rejects where it cannot be kept now. */
  keep(push: AcceptedPush): Promise<void>
  /** A test of the address was answered. */
  pinged(): void
}

export interface DoorOptions {
  readonly endpoints: () => readonly Endpoint[]
  /** `endpoint` null: nobody's address. Nothing of the request's content may be told. */
  readonly refused: (endpoint: Endpoint | null, reason: PushRefusal, about: string) => void
  /** What tests make smaller. */
  readonly headersTimeoutMs?: number
  readonly requestTimeoutMs?: number
}

const statusOf: Record<PushRefusal, number> = {
  path: 404,
  method: 405,
  sign: 403,
  token: 403,
  tooLarge: 413,
  notUnderstood: 400,
  busy: 503,
  broken: 400,
}
const methods = new Set(['GET', 'POST', 'PUT'])
/** Bodies being received at one time, together. */
const mostBytesAtOnce = 64 * 1_048_576
const mostConnections = 512
/** Room for a push that comes in the query. */
const headerBytes = pushLimits.query + 16_384
/** How long a sender whose body is too large may go on sending before the connection is cut: it still reads the answer. */
const lastWordsMs = 1_000

/** The HTTP server that takes pushes for one or more accounts on one port. */
export class PushDoor {
  readonly #options: DoorOptions
  readonly #server: Server
  #bytesAtOnce = 0

  constructor(options: DoorOptions) {
    this.#options = options
    const headersTimeout = options.headersTimeoutMs ?? 10_000
    this.#server = createServer(
      {
        maxHeaderSize: headerBytes,
        headersTimeout,
        requestTimeout: options.requestTimeoutMs ?? 60_000,
        keepAliveTimeout: 5_000,
        connectionsCheckingInterval: Math.min(headersTimeout, 1_000),
      },
      (request, response) => void this.#serve(request, response),
    )
    this.#server.maxConnections = mostConnections
    this.#server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
      const status = brokenStatus(error)
      options.refused(null, 'broken', String(status))
      if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`)
      else socket.destroy()
    })
  }

  /** Resolves with the port. Rejects as `listen` does: EADDRINUSE, EACCES. */
  open(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(port, host, () => {
        this.#server.off('error', reject)
        resolve((this.#server.address() as AddressInfo).port)
      })
    })
  }

  /** Takes no more, answers what is being answered, and lets nobody keep it waiting. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    this.#server.closeIdleConnections()
    const patience = setTimeout(() => this.#server.closeAllConnections(), 2_000)
    await closed
    clearTimeout(patience)
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = '', query = ''] = splitOnce(request.url ?? '')
    const endpoint = ownerOf(path, this.#options.endpoints())
    const method = request.method ?? ''
    const refuse = (reason: PushRefusal): void => {
      this.#options.refused(
        endpoint,
        reason,
        `${method.slice(0, 10)}, ${request.headers['content-length'] ?? '?'} bytes`,
      )
      turnAway(request, response, statusOf[reason])
    }
    if (endpoint === null) return refuse('path')
    if (method === 'HEAD') return say(response, 200, '')
    if (!methods.has(method)) return refuse('method')
    let taken = 0
    try {
      const body = await readBody(request, pushLimits.bodyBytes, (bytes) => {
        taken += bytes
        this.#bytesAtOnce += bytes
        return this.#bytesAtOnce <= mostBytesAtOnce
      })
      const contentType = (request.headers['content-type'] ?? '').slice(0, limits.text)
      const refusal = await takePush(endpoint, { method: method as AcceptedPush['method'], contentType, query, body })
      if (refusal === null) say(response, 200, endpoint.answer)
      else refuse(refusal)
    } catch (thrown) {
      if (thrown instanceof BodyTooLarge) refuse('tooLarge')
      else refuse(thrown instanceof NoRoom || request.complete ? 'busy' : 'broken')
    } finally {
      this.#bytesAtOnce -= taken
    }
  }
}

/**
 * Tests of the address are answered before any check. Everything else must prove its sender where a token is set, and
 * is durable before it is answered. What cannot be understood is kept all the same, and its sender told.
 */
async function takePush(endpoint: Endpoint, push: AcceptedPush): Promise<PushRefusal | null> {
  const opened = openPush(push)
  if (isPing(opened)) {
    endpoint.pinged()
    return null
  }
  const proof = checkPush(opened, endpoint.apiToken)
  if (proof !== 'right') return proof
  await endpoint.keep(push)
  return opened.understood ? null : 'notUnderstood'
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  response.end(text)
}

/** Nothing in the answer tells more than the status. The rest of a body is not waited for. */
function turnAway(request: IncomingMessage, response: ServerResponse, status: number): void {
  if (response.destroyed || response.headersSent) return
  response.setHeader('connection', 'close')
  if (status === 503) response.setHeader('retry-after', '1')
  say(response, status, '')
  if (request.complete) return
  request.resume()
  const cut = setTimeout(() => request.destroy(), lastWordsMs)
  request.once('close', () => clearTimeout(cut))
}

/** Of a request that never became one. */
function brokenStatus({ code }: NodeJS.ErrnoException): string {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return '408 Request Timeout'
  return code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request'
}

function splitOnce(url: string): [string, string] {
  const at = url.indexOf('?')
  return at === -1 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)]
}
