import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CallLog } from './call-log.ts'
import type { Control } from './control.ts'
import { type Gate, orderPath } from './gate.ts'
import { readBody } from './read-body.ts'

const mostBodyBytes = 64 * 1_024

export interface DoorParts {
  gate: Gate
  control: Control
  log: CallLog
  /** The Date header tells practice time: callers set their clock by it. */
  practiceNow(): number
  realNow(): number
}

/** The server itself, on loopback only. Everything that is not the order address or the control address is 404. */
export async function openDoor(port: number, parts: DoorParts): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const arrivedMs = performance.now()
    response.sendDate = false
    response.setHeader('date', new Date(parts.practiceNow()).toUTCString())
    receive(request, response, arrivedMs, parts).catch((error: unknown) => {
      process.stderr.write(`practice gateway: ${error instanceof Error ? error.stack : String(error)}\n`)
      response.destroy()
    })
  })
  await listen(server, port)
  return { port: (server.address() as AddressInfo).port, close: () => close(server) }
}

async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  arrivedMs: number,
  parts: DoorParts,
): Promise<void> {
  const [path = '', query] = splitOnce(request.url ?? '')
  if (path.startsWith('/practice/')) return parts.control.serve(request, response, path, query ?? '')
  const seen = parts.log.arrived({
    arrivedAtMs: parts.realNow(),
    method: request.method ?? '',
    path,
    signed: request.headers.sign !== undefined,
    referer: withoutQuery(request.headers.referer),
    contentType: request.headers['content-type'] ?? null,
  })
  if (path !== orderPath) return notFound(response)
  // node:http hands the request line on byte for byte, one character a byte.
  const raw = request.method === 'POST' ? await readBody(request, mostBodyBytes) : Buffer.from(query ?? '', 'latin1')
  parts.gate.serve({ request, raw, arrivedMs, seen }, response)
}

function splitOnce(url: string): [string, string | undefined] {
  const at = url.indexOf('?')
  return at < 0 ? [url, undefined] : [url.slice(0, at), url.slice(at + 1)]
}

function withoutQuery(referer: string | undefined): string | null {
  return referer === undefined ? null : splitOnce(referer)[0]
}

function notFound(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' })
  response.end('<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>')
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve())
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
