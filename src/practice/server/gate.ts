import type { IncomingMessage, ServerResponse } from 'node:http'
import type { PracticeClock } from '../world/clock.ts'
import type { Switches } from '../options.ts'
import { envelope } from '../reply/envelope.ts'
import { type Credentials, type Refusal, fingerprint, refuseKey, refuseLogin, refuseSignature } from './access.ts'
import type { CallLog, SeenCall } from './call-log.ts'
import { type Fault, type Faults, delivers } from './fault.ts'
import type { Limits } from './limits.ts'
import { type OrderQuery, isRanged, readOrderQuery, readParameters, spanHours } from './order-query.ts'
import type { OrderDesk } from './order-desk.ts'
import { type Answer, send, spoil } from './send.ts'

export const orderPath = '/api/gth/syc/order'

export interface GateParts {
  credentials: Credentials
  clock: PracticeClock
  desk: OrderDesk
  faults: Faults
  limits: Limits
  log: CallLog
  switches(): Switches
  /** Makes marks and counts durable; called before a reply leaves. */
  save(): void
  /** A call that is answered gave this api_url (or none) and api_token. */
  heardAddress(url: string | undefined, apiToken: string): void
}

/** A request as it came: the bytes that were signed are the raw query, or the raw body of a POST. */
export interface Arrived {
  request: IncomingMessage
  raw: Buffer
  arrivedMs: number
  seen: SeenCall
}

interface Outcome {
  answer: Answer
  fault: Fault | null
  code: number | string
  orders: number
}

/** The documented door: key, signature, limits, login, parameters, orders, in that order. */
export class Gate {
  private readonly parts: GateParts

  constructor(parts: GateParts) {
    this.parts = parts
  }

  serve(arrived: Arrived, response: ServerResponse): void {
    const { answer, fault, code, orders } = this.outcome(arrived)
    const { seen, request } = arrived
    seen.answer = { status: answer.status, code, orders, fault: fault?.kind ?? null, ended: 'open' }
    response.once('close', () => {
      if (seen.answer) seen.answer.ended = response.writableFinished ? 'sent' : 'broken'
    })
    this.parts.save()
    const gzip = this.parts.switches().gzip && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
    send(response, answer, fault, gzip)
  }

  private outcome({ request, raw, arrivedMs, seen }: Arrived): Outcome {
    const { credentials } = this.parts
    const parameters = readParameters(raw)
    note(seen, parameters)
    const key = parameters.get('key')
    const refusal = refuseKey(key, credentials) ?? refuseSignature(headerText(request.headers.sign), raw, credentials)
    if (refusal !== null || key === undefined) return this.refused(refusal ?? { code: 403, msg: '没有权限' })
    const owner = fingerprint(key)
    this.parts.log.noteKey(seen, owner, arrivedMs)
    const tooMany = this.refuseByLimits(owner, arrivedMs)
    if (tooMany !== null) return this.refused(tooMany)
    const query = readOrderQuery(parameters)
    if ('code' in query) return this.refused(query)
    const stranger = refuseLogin(parameters, credentials)
    if (stranger !== null) return this.refused(stranger)
    this.parts.heardAddress(parameters.get('api_url'), parameters.get('api_token') ?? '')
    return this.answered(query, owner)
  }

  private refuseByLimits(owner: string, arrivedMs: number): Refusal | null {
    const switches = this.parts.switches()
    switch (this.parts.limits.admit(owner, arrivedMs, this.parts.clock.now(), switches)) {
      case 'tooFast':
        return { code: switches.tooFastCode, msg: '请求过于频繁，请稍后再试' }
      case 'quotaUsed':
        return { code: switches.quotaCode, msg: `今日调用次数已达上限(${switches.dailyLimit}次)，请明天再试` }
      case 'admitted':
        return null
    }
  }

  private refused(refusal: Refusal, fault: Fault | null = null): Outcome {
    const { errorHttpStatus } = this.parts.switches()
    const status = fault?.status ?? (errorHttpStatus === 'sameAsCode' ? refusal.code : 200)
    const body = envelope({ ...refusal, execMs: 1 }, '')
    return { answer: { status, contentType: jsonType, body }, fault, code: refusal.code, orders: 0 }
  }

  private answered(query: OrderQuery, owner: string): Outcome {
    const { faults, desk, clock } = this.parts
    const fault = faults.take({ ranged: isRanged(query), type: query.type, spanHours: spanHours(query) })
    if (fault?.kind === 'refuse') return this.refused({ code: fault.code, msg: fault.msg }, fault)
    const switches = this.parts.switches()
    const reply = desk.reply(query, owner, clock.now(), switches)
    if (fault === null || delivers(fault)) reply.markDelivered()
    if (fault?.kind === 'error500') return this.refused({ code: 500, msg: '服务器内部错误' }, fault)
    const whole = { status: 200, contentType: jsonType, body: reply.text }
    return { answer: fault ? spoil(whole, fault) : whole, fault, code: switches.successCode, orders: reply.orders }
  }
}

const jsonType = 'application/json; charset=utf-8'

function note(seen: SeenCall, parameters: ReadonlyMap<string, string>): void {
  seen.named = [...parameters.keys()]
  seen.type = parameters.get('type') ?? null
  seen.channels = parameters.get('channels') ?? null
  seen.start = parameters.get('start') ?? null
  seen.end = parameters.get('end') ?? null
}

function headerText(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header
}
