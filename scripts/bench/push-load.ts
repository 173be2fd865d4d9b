import { Agent, request } from 'node:http'
import { once } from 'node:events'

/** What the load is told: where to push, how often and for how long. */
export interface LoadOrder {
  address: string
  perSecond: number
  seconds: number
}

/** What it says when every push was answered, or was not. */
export interface LoadReport {
  sent: number
  accepted: number
  /** From the first byte sent to the answer, ms, of each that was answered. */
  tookMs: number[]
}

const tenMegabytes = 10 * 1_048_576
/** One push in so many is a list of orders of ten megabytes; half-way between two of them comes one order with its photos. */
const largeEvery = 200
const mediumEvery = 25

/** Pushes as real systems make them: one order a push, now and then hundreds, and what is as large as is taken. */
function bodyOf(index: number): string {
  const order = (number: string, more: object = {}): string =>
    JSON.stringify({ outer_id: number, plan_mobile_produced: '17700010002', status: '550', ...more })
  const orders = (count: number): string =>
    `[${Array.from({ length: count }, (_, n) => order(`P${index}-${n}`, { remark: '备注'.repeat(40) })).join(',')}]`
  if (index % largeEvery === 0) {
    const one = Buffer.byteLength(orders(1)) + 8
    return orders(Math.floor(tenMegabytes / one))
  }
  if (index % largeEvery === largeEvery / 2) return order(`P${index}`, { photo: 'A'.repeat(tenMegabytes - 1_000) })
  return index % mediumEvery === 0 ? orders(500) : order(`P${index}`)
}

/** null: it was not accepted. */
function push(address: string, agent: Agent, body: string): Promise<number | null> {
  return new Promise((resolve) => {
    const startedAt = performance.now()
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const sent = request(address, { method: 'POST', headers, agent }, (response) => {
      response.resume()
      response.once('end', () => resolve(response.statusCode === 200 ? performance.now() - startedAt : null))
    })
    sent.once('error', () => resolve(null))
    sent.end(body)
  })
}

/** Sends at the given rate whatever the answers take: an upstream does not wait for us either. */
async function load({ address, perSecond, seconds }: LoadOrder): Promise<LoadReport> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 })
  const count = perSecond * seconds
  const bodies = Array.from({ length: largeEvery }, (_, index) => bodyOf(index))
  const answers: Promise<number | null>[] = []
  const startedAt = performance.now()
  for (let index = 0; index < count; index += 1) {
    const dueMs = startedAt + (index * 1_000) / perSecond - performance.now()
    if (dueMs > 0) await new Promise((resolve) => setTimeout(resolve, dueMs))
    const body = bodies[index % largeEvery] ?? ''
    answers.push(
      push(address, agent, index < largeEvery ? body : body.replaceAll('"P', `"R${Math.floor(index / largeEvery)}P`)),
    )
  }
  const took = await Promise.all(answers)
  agent.destroy()
  const tookMs = took.filter((ms) => ms !== null)
  return { sent: count, accepted: tookMs.length, tookMs }
}

const [order] = (await once(process, 'message')) as [LoadOrder]
process.send?.(await load(order))
process.disconnect()
