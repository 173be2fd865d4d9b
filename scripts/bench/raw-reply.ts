import { ganTanHaoRow } from '#practice/reply/rows/gan-tan-hao.ts'
import { World } from '#practice/world/world.ts'

const dayMs = 86_400_000
const epochMs = Date.parse('2024-09-01T00:00:00+08:00')
const chunkBytes = 1_048_576

/** A reply's bytes as the upstream would send them: orders `from` to `from + count` of a seeded practice world. */
export function rawReply(from: number, count: number): Uint8Array<ArrayBuffer> {
  const world = new World({ seed: 1, orders: 1_000_000, historyDays: 365, epochMs })
  const now = epochMs + 30 * dayMs
  const rows: string[] = []
  for (let index = from; index < from + count; index += 1) {
    rows.push(JSON.stringify(ganTanHaoRow(world.orderState(index, world.version(index, now), false))))
  }
  return Buffer.from(
    `{"code":200,"msg":"ok","data":[${rows.join(',')}],"debug":[],"exec_time":1.5,"user_ip":"1.2.3.4"}`,
  )
}

/** The same orders, with `data` as the JSON string that the API page documents. */
export function asJsonString(reply: Uint8Array): Uint8Array<ArrayBuffer> {
  const { data, ...envelope } = JSON.parse(Buffer.from(reply).toString()) as Record<string, unknown>
  return Buffer.from(JSON.stringify({ ...envelope, data: JSON.stringify(data) }))
}

/** In the pieces in which a network brings them. */
export function* chunks(reply: Uint8Array<ArrayBuffer>): Generator<Uint8Array<ArrayBuffer>> {
  for (let at = 0; at < reply.length; at += chunkBytes) yield reply.subarray(at, at + chunkBytes)
}
