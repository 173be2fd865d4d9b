import type { PracticeClock } from '../world/clock.ts'
import type { World } from '../world/world.ts'
import { ChangeFeed } from './change-feed.ts'
import { pushBodies, testBody, type PushBody, type PushShape } from './push-body.ts'

/** One push as it went, the test of an address included. */
export interface SentPush {
  /** Practice time, epoch ms. */
  atMs: number
  kind: 'test' | 'order'
  attempts: number
  /** Answered SUCCESS at last; a push that was not is never made again. */
  accepted: boolean
}

export interface PushSwitches {
  pushShape: PushShape
  /** Pushed to from the start; null: only to what calls give as api_url. */
  pushUrl: string | null
  pushToken: string
  /** Between a push that was not accepted and the next try, real ms. */
  pushRetryMs: number
}

export interface PusherParts {
  world: World
  clock: PracticeClock
  switches(): PushSwitches
}

const lookEveryMs = 250
/** 敢探号 waits so long for its SUCCESS, and tries twice more. */
const patienceMs = 5_000
const mostAttempts = 3
const atOnce = 8
const mostKept = 10_000

/** Posts what changes to the merchant's address, as 敢探号 does. The address is a local one: this is a practice world. */
export class Pusher {
  private readonly parts: PusherParts
  private readonly sent: SentPush[] = []
  private readonly stopped = new AbortController()
  private target: { url: string; apiToken: string; feed: ChangeFeed } | null = null
  private timer: NodeJS.Timeout | null = null
  private working = false

  constructor(parts: PusherParts) {
    this.parts = parts
    this.follow()
  }

  /** A call gave an address: it is tested, and pushed to from now on. */
  heard(url: string | undefined, apiToken: string): void {
    if (url === undefined || this.target?.url === url || !isLocal(url)) return
    void this.aim(url, apiToken)
  }

  /** Takes up the address of the switches, where there is one. */
  follow(): void {
    const { pushUrl, pushToken } = this.parts.switches()
    if (pushUrl !== null) this.heard(pushUrl, pushToken)
  }

  list(): SentPush[] {
    return [...this.sent]
  }

  stop(): void {
    this.stopped.abort()
    if (this.timer !== null) clearInterval(this.timer)
  }

  private async aim(url: string, apiToken: string): Promise<void> {
    const feed = new ChangeFeed(this.parts.world, this.parts.clock.now())
    this.target = { url, apiToken, feed }
    // An address that does not answer is not saved; the next call may give it again.
    if (!(await this.post(url, testBody, 'test', 1)) && this.target?.feed === feed) this.target = null
    if (this.timer !== null || this.stopped.signal.aborted) return
    this.timer = setInterval(() => void this.look(), lookEveryMs)
    this.timer.unref()
  }

  private async look(): Promise<void> {
    const { target } = this
    if (this.working || target === null) return
    this.working = true
    try {
      const { world, clock } = this.parts
      const { pushShape } = this.parts.switches()
      const nowMs = clock.now()
      const orders = target.feed
        .changedUntil(nowMs)
        .map((index) => world.orderState(index, world.version(index, nowMs), false))
      const queue = pushBodies(orders, pushShape, target.apiToken)
      const post = async (): Promise<void> => {
        for (let body = queue.shift(); body !== undefined; body = queue.shift())
          await this.post(target.url, body, 'order', mostAttempts)
      }
      await Promise.all(Array.from({ length: atOnce }, post))
    } finally {
      this.working = false
    }
  }

  private async post(url: string, body: PushBody, kind: SentPush['kind'], most: number): Promise<boolean> {
    const { signal } = this.stopped
    let attempts = 0
    let accepted = false
    while (!accepted && attempts < most && !signal.aborted) {
      if (attempts > 0) await pause(this.parts.switches().pushRetryMs)
      attempts += 1
      accepted = await postOnce(url, body, signal)
    }
    this.sent.push({ atMs: this.parts.clock.now(), kind, attempts, accepted })
    if (this.sent.length > mostKept) this.sent.shift()
    return accepted
  }
}

async function postOnce(url: string, body: PushBody, stopped: AbortSignal): Promise<boolean> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': body.contentType },
      body: body.text,
      redirect: 'error',
      signal: AbortSignal.any([stopped, AbortSignal.timeout(patienceMs)]),
    })
    return (await answer.text()).trim() === 'SUCCESS'
  } catch {
    return false
  }
}

function isLocal(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  return protocol === 'http:' && (hostname === '127.0.0.1' || hostname === 'localhost')
}

function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs).unref())
}
