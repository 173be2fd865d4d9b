import type { z } from 'zod'
import type { ErrorCode, ErrorData } from '../errors.ts'

/** One route: what goes in, what comes out, what progress looks like. A query changes nothing. */
export interface Route<Input extends z.ZodType, Output extends z.ZodType, Progress extends z.ZodType> {
  readonly kind: 'query' | 'command'
  readonly input: Input
  readonly output: Output
  readonly progress: Progress | null
}
export type AnyRoute = Route<z.ZodType, z.ZodType, z.ZodType>
export type Routes = Readonly<Record<string, AnyRoute>>
export type Events = Readonly<Record<string, z.ZodType>>

export function query<I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Route<I, O, z.ZodNever> {
  return { kind: 'query', input, output, progress: null }
}

export function command<I extends z.ZodType, O extends z.ZodType, P extends z.ZodType = z.ZodNever>(
  input: I,
  output: O,
  progress: P | null = null,
): Route<I, O, P> {
  return { kind: 'command', input, output, progress }
}

export type InputOf<R extends AnyRoute> = z.input<R['input']>
export type OutputOf<R extends AnyRoute> = z.output<R['output']>
export type ProgressOf<R extends AnyRoute> = z.output<NonNullable<R['progress']>>

/** What a handler gets besides its parsed input. */
export interface CallContext<Progress = unknown> {
  /** Aborted when the caller cancels or goes away. */
  readonly signal: AbortSignal
  /** Reports progress to the caller; parsed against the route's schema before it leaves. */
  readonly progress: (value: Progress) => void
}

/** One handler a route: a missing or an extra one is a compile error. */
export type Handlers<R extends Routes> = {
  readonly [Name in keyof R]: (
    input: z.output<R[Name]['input']>,
    context: CallContext<ProgressOf<R[Name]>>,
  ) => Promise<z.input<R[Name]['output']>> | z.input<R[Name]['output']>
}

export interface CallOptions<Progress> {
  signal?: AbortSignal
  onProgress?: (value: Progress) => void
}

/** The calling end. Rejects with AppError. */
export interface Client<R extends Routes, E extends Events> {
  call<Name extends keyof R & string>(
    name: Name,
    input: InputOf<R[Name]>,
    options?: CallOptions<ProgressOf<R[Name]>>,
  ): Promise<OutputOf<R[Name]>>
  /** Listens to an event; returns the function that stops listening. */
  on<Name extends keyof E & string>(name: Name, listener: (value: z.output<E[Name]>) => void): () => void
}

/** What crosses the border. `id` is unique per connection. */
export type Request = { kind: 'call'; id: number; route: string; input: unknown } | { kind: 'cancel'; id: number }
export type Response =
  | { kind: 'result'; id: number; output: unknown }
  | { kind: 'failure'; id: number; error: { code: ErrorCode; message: string; data: ErrorData } }
  | { kind: 'progress'; id: number; value: unknown }
  | { kind: 'event'; name: string; value: unknown }

/** A two-way channel: MessagePort, utilityProcess, forked child or Electron IPC behind one shape. */
export interface Port<Out, In> {
  send(message: Out): void
  onMessage(listener: (message: In) => void): void
  onClose(listener: () => void): void
}
