import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import type { Fault } from './fault.ts'

export interface Answer {
  status: number
  contentType: string
  body: string
}

/** The fault's own words in place of the reply, where it has some. */
export function spoil(answer: Answer, fault: Fault): Answer {
  switch (fault.kind) {
    case 'html':
      return { status: fault.status ?? 502, contentType: 'text/html; charset=utf-8', body: errorPage }
    case 'wrongJson':
      return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length * fault.fraction)) }
    default:
      return answer
  }
}

const errorPage =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n'

/** Puts an answer on the wire as the fault has it. A reply that is cut promises its whole length first. */
export function send(response: ServerResponse, answer: Answer, fault: Fault | null, gzip: boolean): void {
  if (fault?.kind === 'hang') return
  if (fault?.kind === 'reset') return void response.socket?.destroy()
  if (fault?.kind === 'redirect') {
    response.writeHead(302, { location: '/login.html', 'content-length': 0 })
    return void response.end()
  }
  const plain = Buffer.from(answer.body, 'utf8')
  const body = gzip ? gzipSync(plain) : plain
  const head = (): void => {
    response.writeHead(answer.status, {
      'content-type': answer.contentType,
      'content-length': body.length,
      ...(gzip ? { 'content-encoding': 'gzip' } : {}),
    })
  }
  if (fault?.kind === 'slow') {
    later(response, fault.delayMs, () => {
      head()
      response.end(body)
    })
    return
  }
  head()
  if (fault?.kind === 'cut') cut(response, body.subarray(0, Math.floor(body.length * fault.fraction)))
  else if (fault?.kind === 'drip') drip(response, body, fault.delayMs)
  else response.end(body)
}

/** The part that arrives must really arrive, so the connection is broken only when it has left this process. */
function cut(response: ServerResponse, part: Buffer): void {
  response.flushHeaders()
  if (part.length === 0) return void response.socket?.destroy()
  response.write(part, () => response.socket?.destroy())
}

const pieces = 20

function drip(response: ServerResponse, body: Buffer, overMs: number): void {
  const size = Math.ceil(body.length / pieces)
  let at = 0
  const next = (): void => {
    const piece = body.subarray(at, at + size)
    at += size
    if (at >= body.length) return void response.end(piece)
    response.write(piece)
    later(response, overMs / pieces, next)
  }
  next()
}

/** Not if the caller has gone meanwhile. */
function later(response: ServerResponse, delayMs: number, act: () => void): void {
  const forget = (): void => clearTimeout(timer)
  const timer = setTimeout(() => {
    response.off('close', forget)
    act()
  }, delayMs)
  response.once('close', forget)
}
