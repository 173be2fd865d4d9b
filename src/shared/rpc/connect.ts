import { AppError } from '../errors.ts'
import type { AnyRoute, CallOptions, Client, Events, Port, Request, Response, Routes } from './route.ts'

interface Pending {
  route: AnyRoute
  resolve: (output: unknown) => void
  reject: (error: AppError) => void
  onProgress: ((value: never) => void) | undefined
}

/** The calling end over a port. Both what leaves and what arrives is parsed. Every call rejects when the port closes. */
export function connect<R extends Routes, E extends Events>(
  routes: R,
  events: E,
  port: Port<Request, Response>,
): Client<R, E> {
  const pending = new Map<number, Pending>()
  const listeners = new Map<string, Set<(value: never) => void>>()
  let nextId = 1
  let closed = false

  port.onClose(() => {
    closed = true
    for (const call of pending.values()) call.reject(new AppError('processGone'))
    pending.clear()
  })

  port.onMessage((message) => {
    if (message.kind === 'event') return tell(message.name, message.value)
    const call = pending.get(message.id)
    if (call === undefined) return
    if (message.kind === 'progress') return call.onProgress?.(call.route.progress?.parse(message.value) as never)
    pending.delete(message.id)
    if (message.kind === 'failure')
      return call.reject(new AppError(message.error.code, message.error.message, { data: message.error.data }))
    const output = call.route.output.safeParse(message.output)
    if (output.success) call.resolve(output.data)
    else call.reject(new AppError('invalidOutput', output.error.message))
  })

  function tell(name: string, value: unknown): void {
    const schema = Object.hasOwn(events, name) ? events[name] : undefined
    if (schema === undefined) return
    const parsed = schema.parse(value) as never
    for (const listener of listeners.get(name) ?? []) listener(parsed)
  }

  return {
    call(name, input, options: CallOptions<never> = {}) {
      return new Promise((resolve, reject) => {
        const route = routes[name]
        if (route === undefined) return reject(new AppError('noSuchRoute', name))
        if (closed) return reject(new AppError('processGone'))
        const parsed = route.input.safeParse(input)
        if (!parsed.success)
          return reject(new AppError('invalidInput', `${name}: ${parsed.error.message.slice(0, 500)}`))
        if (options.signal?.aborted) return reject(new AppError('cancelled'))
        const id = nextId++
        pending.set(id, { route, resolve: resolve as never, reject, onProgress: options.onProgress as never })
        options.signal?.addEventListener('abort', () => port.send({ kind: 'cancel', id }), { once: true })
        port.send({ kind: 'call', id, route: name, input: parsed.data })
      })
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set()
      set.add(listener as never)
      listeners.set(name, set)
      return () => set.delete(listener as never)
    },
  }
}
