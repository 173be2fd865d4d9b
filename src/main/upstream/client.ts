import ky, { type KyInstance } from 'ky'
import { replyChunkBytes } from '#shared/database/contract.ts'
import { callError, knownCallError } from './call-error.ts'
import { inChunks } from './in-chunks.ts'
import type { UpstreamCall } from './request.ts'
import { within } from './within.ts'

/** The head of a reply; its body follows by `chunks`. */
export interface UpstreamReply {
  httpStatus: number
  contentType: string
  /** The server's Date header as it came. */
  date: string | null
  /** The decoded body in pieces of at most replyChunkBytes. Throws timeout, network, tls or tooLarge. */
  chunks(): AsyncGenerator<Uint8Array<ArrayBuffer>, void>
  /** Ends the connection; without effect once every chunk was read. */
  end(): void
}

export interface UpstreamClientOptions {
  /** Electron's net.fetch (which respects the system proxy) or Node's own. */
  fetch: typeof fetch
  /** Bound after decompression; 512 MB unless a test needs less. */
  maxReplyBytes?: number
}

/** A slow drip of bytes keeps a call alive, but not for longer than so many timeouts. */
const timeoutsPerCall = 20

/**
 * Sends one call once. Never retries, follows no redirect, verifies TLS, keeps no cookie.
 * The timeout is the patience for the first byte and again for each next piece, so that a large reply may take its time.
 */
export class UpstreamClient {
  readonly #ky: KyInstance
  readonly #maxReplyBytes: number

  constructor(options: UpstreamClientOptions) {
    this.#maxReplyBytes = options.maxReplyBytes ?? 512 * 1024 * 1024
    this.#ky = ky.create({
      fetch: options.fetch,
      retry: 0,
      timeout: false,
      throwHttpErrors: false,
      redirect: 'error',
      credentials: 'omit',
      cache: 'no-store',
      // Without it Electron blocks a call that sets Referer itself.
      referrerPolicy: 'unsafe-url',
    })
  }

  /** Resolves when the head of the reply is here. Throws an AppError with `didNothing` (see callError). */
  async send(call: UpstreamCall): Promise<UpstreamReply> {
    const abort = new AbortController()
    const endsAt = performance.now() + call.timeoutMs * timeoutsPerCall
    const response = await within(
      this.#ky(call.url, {
        method: call.method,
        headers: call.headers,
        signal: abort.signal,
        ...(call.body === null ? {} : { body: call.body }),
      }),
      call.timeoutMs,
      () => knownCallError('timeout', call.where),
    ).catch((thrown: unknown) => {
      abort.abort()
      throw callError(thrown, call.where, 'sending')
    })
    return {
      httpStatus: response.status,
      contentType: (response.headers.get('content-type') ?? '').slice(0, 200),
      date: response.headers.get('date'),
      chunks: () => inChunks(this.#pieces(response, call, abort, endsAt), replyChunkBytes),
      end: () => abort.abort(),
    }
  }

  async *#pieces(response: Response, call: UpstreamCall, abort: AbortController, endsAt: number) {
    const reader = response.body?.getReader()
    if (reader === undefined) return
    let bytes = 0
    try {
      for (;;) {
        const patienceMs = Math.max(1, Math.min(call.timeoutMs, endsAt - performance.now()))
        const { done, value } = await within(reader.read(), patienceMs, () => knownCallError('timeout', call.where))
        if (done) return
        bytes += value.byteLength
        if (bytes > this.#maxReplyBytes) throw knownCallError('tooLarge', call.where)
        yield value
      }
    } catch (thrown) {
      abort.abort()
      throw callError(thrown, call.where, 'reading')
    }
  }
}
