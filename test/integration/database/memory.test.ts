import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.ts'
import { pullBytes } from '../../support/raw-reply.ts'
import { element } from '../../support/sync-steps.ts'

const replyBytes = 200_000_000
const mostMemory = 300_000_000

/** The most that the process ever had in memory, in bytes: the kernel's own count. */
function peakMemory(database: TestDatabase): number {
  const status = readFileSync(`/proc/${database.pid}/status`, 'utf8')
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1_024
}

/** A reply of that size, made as it is sent: what stands before, so many orders, what stands behind. */
function* longReply(
  head: string,
  tail: string,
  escaped: boolean,
  orders: { count: number },
): Generator<Uint8Array<ArrayBuffer>> {
  let bytes = 0
  let text = head
  for (; bytes < replyBytes; orders.count += 1) {
    const order = JSON.stringify(
      element({
        order_sn: `2026112${String(orders.count).padStart(8, '0')}`,
        mobile: `139${String(orders.count).padStart(8, '0')}`,
        note: `n${orders.count} `.padEnd(480, '备注'),
      }),
    )
    text += (orders.count === 0 ? '' : ',') + (escaped ? JSON.stringify(order).slice(1, -1) : order)
    if (text.length < 600_000) continue
    const piece = new TextEncoder().encode(text)
    bytes += piece.length
    yield piece
    text = ''
  }
  yield new TextEncoder().encode(text + tail)
}

describe.runIf(process.platform === 'linux')('the database process stays under 300 MB with a reply of 200 MB', () => {
  it.each([
    ['whose data is a list', '{"code":200,"msg":"ok","data":[', '],"total":1}', false],
    ['whose data is a JSON string', '{"code":200,"msg":"ok","data":"[', ']"}', true],
  ])(
    '%s',
    async (_which, head, tail, escaped) => {
      await using database = await openTestDatabase()
      const orders = { count: 0 }
      const { merge } = await pullBytes(database, longReply(head, tail, escaped, orders))
      expect(merge).toMatchObject({ outcome: 'understood', new: orders.count, unreadable: 0 })
      expect(orders.count).toBeGreaterThan(50_000)
      expect(peakMemory(database)).toBeLessThan(mostMemory)
    },
    600_000,
  )

  it.each([
    ['a list', '{"code":200,"msg":"ok","data":[', '],"total":1}', false],
    ['a JSON string', '{"code":200,"msg":"ok","data":"[', ']"}', true],
  ])(
    'that came as gzip and did not say so, data being %s',
    async (_which, head, tail, escaped) => {
      await using database = await openTestDatabase()
      const orders = { count: 0 }
      const packed = gzipSync(Buffer.concat([...longReply(head, tail, escaped, orders)]), { level: 1 })
      const { merge } = await pullBytes(database, packed)
      expect(merge).toMatchObject({ outcome: 'understood', new: orders.count, unreadable: 0 })
      expect(peakMemory(database)).toBeLessThan(mostMemory)
    },
    600_000,
  )
})
