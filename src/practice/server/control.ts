import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { switchesPatchSchema } from '../options.ts'
import type { PracticeWorks } from '../works.ts'
import { same } from './access.ts'
import { faultSchema } from './fault.ts'
import { readBody } from './read-body.ts'

const advanceSchema = z.strictObject({
  hours: z
    .number()
    .min(0)
    .max(24 * 3_660),
})
const speedSchema = z.strictObject({ speed: z.number().min(0).max(10_000_000) })
const pageSchema = z.object({
  from: z.coerce.number().int().min(0).default(0),
  count: z.coerce.number().int().min(1).max(1_000_000).default(1_000_000),
})

type Act = (works: PracticeWorks, input: unknown) => unknown

/** Method and address → what it does. GET takes its input from the query, the others a JSON body. */
const acts = new Map<string, Act>([
  ['GET /practice/state', (works) => works.state()],
  ['GET /practice/calls', (works) => works.calls()],
  ['GET /practice/pushes', (works) => works.pushes()],
  ['GET /practice/truth', (works, input) => works.truth(pageSchema.parse(input))],
  ['POST /practice/advance', (works, input) => works.advance(advanceSchema.parse(input).hours)],
  ['POST /practice/speed', (works, input) => works.setSpeed(speedSchema.parse(input).speed)],
  ['POST /practice/switches', (works, input) => works.set(switchesPatchSchema.parse(input))],
  ['POST /practice/faults', (works, input) => works.addFault(faultSchema.parse(input))],
  ['DELETE /practice/faults', (works) => works.clearFaults()],
  ['POST /practice/marks/reset', (works) => works.resetMarks()],
])

/**
 * The hand behind the scenes, under /practice/…: moves time, sets shapes and faults, tells the truth. Only with the
 * control token in `x-practice-token`, which the upstream's callers do not have.
 */
export class Control {
  private readonly works: PracticeWorks
  private readonly token: string

  constructor(works: PracticeWorks, token: string) {
    this.works = works
    this.token = token
  }

  async serve(request: IncomingMessage, response: ServerResponse, path: string, query: string): Promise<void> {
    const token = request.headers['x-practice-token']
    if (typeof token !== 'string' || !same(token, this.token)) return reply(response, 403, { error: 'token' })
    const act = acts.get(`${request.method} ${path}`)
    if (act === undefined) return reply(response, 404, { error: 'no such address' })
    try {
      const input = request.method === 'GET' ? Object.fromEntries(new URLSearchParams(query)) : await readJson(request)
      reply(response, 200, act(this.works, input) ?? { ok: true })
    } catch (error) {
      reply(response, 400, { error: error instanceof Error ? error.message : String(error) })
    }
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const body = await readBody(request, 64 * 1_024)
  return body.length === 0 ? {} : JSON.parse(body.toString('utf8'))
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify(body))
}
