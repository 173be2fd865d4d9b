import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { AppError } from '#shared/errors.ts'
import { connect } from '#shared/rpc/connect.ts'
import { command, query, type Port, type Request, type Response } from '#shared/rpc/route.ts'
import { serve, type ServeOptions } from '#shared/rpc/serve.ts'

const routes = {
  double: query(z.strictObject({ n: z.number() }), z.number()),
  fail: query(z.strictObject({}), z.number()),
  slow: command(z.strictObject({}), z.string(), z.number()),
  lie: query(z.strictObject({}), z.number()),
}
const events = { ticked: z.number() }

/** Both ends in one process, over structured clones, as a real port would carry them. */
function pair(options: ServeOptions = {}) {
  const clientListeners: ((message: Response) => void)[] = []
  const closeListeners: (() => void)[] = []
  const send = (message: Response) => clientListeners.forEach((listen) => listen(structuredClone(message)))
  const served = serve(
    routes,
    {
      double: ({ n }) => n * 2,
      fail: () => {
        throw new AppError('quotaUsed', 'spent', { data: { limit: 10_000 } })
      },
      slow: async (_input, { signal, progress }) => {
        progress(1)
        await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
        return 'never'
      },
      lie: () => 'not a number' as never,
    },
    send,
    options,
  )
  const port: Port<Request, Response> = {
    send: (message) => served.receive(structuredClone(message)),
    onMessage: (listener) => void clientListeners.push(listener),
    onClose: (listener) => void closeListeners.push(listener),
  }
  return {
    client: connect(routes, events, port),
    send,
    close: () => closeListeners.forEach((listen) => listen()),
    served,
  }
}

describe('the RPC', () => {
  it('answers a call with its parsed output', async () => {
    expect(await pair().client.call('double', { n: 21 })).toBe(42)
  })

  it('carries an error as code, message and data, without a stack', async () => {
    const error = await pair()
      .client.call('fail', {})
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'quotaUsed', message: 'spent', data: { limit: 10_000 } })
  })

  it('reports progress, and cancels the handler when the caller aborts', async () => {
    const abort = new AbortController()
    const seen: number[] = []
    const call = pair().client.call('slow', {}, { signal: abort.signal, onProgress: (value) => seen.push(value) })
    abort.abort()
    await expect(call).rejects.toMatchObject({ code: 'cancelled' })
    expect(seen).toEqual([1])
  })

  it('rejects what is under way when the port closes, and every later call', async () => {
    const { client, close } = pair()
    const call = client.call('slow', {})
    close()
    await expect(call).rejects.toMatchObject({ code: 'processGone' })
    await expect(client.call('double', { n: 1 })).rejects.toMatchObject({ code: 'processGone' })
  })

  it('refuses an input that does not fit, naming the path and never the value', async () => {
    const messages: Response[] = []
    const served = serve({ double: routes.double }, { double: () => 1 }, (message) => messages.push(message))
    served.receive({ kind: 'call', id: 1, route: 'double', input: { n: 'my-secret' } })
    await expect.poll(() => messages.length).toBe(1)
    expect(messages[0]).toMatchObject({ kind: 'failure', error: { code: 'invalidInput' } })
    expect(JSON.stringify(messages)).not.toContain('my-secret')
  })

  it.each(['__proto__', 'constructor', 'toString', 'nothing'])('knows no route %s', async (name) => {
    const messages: Response[] = []
    const served = serve({ double: routes.double }, { double: () => 1 }, (message) => messages.push(message))
    served.receive({ kind: 'call', id: 1, route: name, input: {} })
    await expect.poll(() => messages.length).toBe(1)
    expect(messages[0]).toMatchObject({ kind: 'failure', error: { code: 'noSuchRoute' } })
  })

  it('never passes on an output that breaks the contract, and tells its owner', async () => {
    const unexpected: string[] = []
    const { client } = pair({ onUnexpected: (route) => unexpected.push(route) })
    await expect(client.call('lie', {})).rejects.toMatchObject({ code: 'invalidOutput' })
    expect(unexpected).toEqual(['lie'])
  })

  it('hands events to listeners until they stop listening', () => {
    const { client, send } = pair()
    const seen: number[] = []
    const stop = client.on('ticked', (value) => seen.push(value))
    send({ kind: 'event', name: 'ticked', value: 1 })
    stop()
    send({ kind: 'event', name: 'ticked', value: 2 })
    expect(seen).toEqual([1])
  })
})
