import { AppError, toAppError } from '../errors.ts'
import type { AnyRoute, CallContext, Handlers, Port, Request, Response, Routes } from './route.ts'

/** One connection's serving end. Looks up, parses, calls, parses; errors cross as code, message and data, no stack. */
export interface Served {
  /** Handles one message; for transports that are not a Port. */
  receive(message: Request): void
  /** Aborts every call that is under way. */
  close(): void
}

export interface ServeOptions {
  /** Told of every error that is not an AppError: it is ours to mend. */
  onUnexpected?: (route: string, error: unknown) => void
}

export function serve<R extends Routes>(
  routes: R,
  handlers: Handlers<R>,
  send: (message: Response) => void,
  options: ServeOptions = {},
): Served {
  const running = new Map<number, AbortController>()

  async function answer(id: number, name: string, input: unknown): Promise<void> {
    const abort = new AbortController()
    running.set(id, abort)
    try {
      const route = findRoute(routes, name)
      const parsed = route.input.safeParse(input)
      if (!parsed.success) throw new AppError('invalidInput', `${name}: ${describe(parsed.error.issues)}`)
      const context: CallContext = {
        signal: abort.signal,
        progress: (value) => send({ kind: 'progress', id, value: route.progress?.parse(value) }),
      }
      const handler = handlers[name as keyof R] as (input: unknown, context: CallContext) => unknown
      const output = route.output.safeParse(await handler(parsed.data, context))
      if (!output.success) throw new AppError('invalidOutput', `${name}: ${describe(output.error.issues)}`)
      send({ kind: 'result', id, output: output.data })
    } catch (thrown) {
      const error = toAppError(thrown)
      if (error.code === 'internal' || error.code === 'invalidOutput') options.onUnexpected?.(name, thrown)
      send({
        kind: 'failure',
        id,
        error: { code: error.code, message: error.message.slice(0, 2_000), data: error.data },
      })
    } finally {
      running.delete(id)
    }
  }

  return {
    receive(message) {
      if (message.kind === 'cancel') running.get(message.id)?.abort(new AppError('cancelled'))
      else if (message.kind === 'call') void answer(message.id, message.route, message.input)
    },
    close() {
      for (const abort of running.values()) abort.abort(new AppError('cancelled'))
    },
  }
}

/** Serves over a port; the returned object's close() is also called when the port closes. */
export function servePort<R extends Routes>(
  routes: R,
  handlers: Handlers<R>,
  port: Port<Response, Request>,
  options: ServeOptions = {},
): Served {
  const served = serve(routes, handlers, (message) => port.send(message), options)
  port.onMessage((message) => served.receive(message))
  port.onClose(() => served.close())
  return served
}

/** `__proto__` and friends are no route: only own keys count. */
function findRoute(routes: Routes, name: string): AnyRoute {
  const route = Object.hasOwn(routes, name) ? routes[name] : undefined
  if (route === undefined) throw new AppError('noSuchRoute', `no route ${JSON.stringify(name).slice(0, 80)}`)
  return route
}

/** Paths and rules only: a value that failed may be a secret. */
function describe(issues: readonly { path: PropertyKey[]; code?: string | undefined }[]): string {
  return issues
    .slice(0, 5)
    .map((issue) => `${issue.path.map(String).join('.') || '(root)'} ${issue.code ?? 'invalid'}`)
    .join('; ')
}
