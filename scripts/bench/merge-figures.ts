import { readFileSync } from 'node:fs'
import { mergeReply, openBenchDatabase, type BenchDatabase } from './bench-database.ts'
import { atMostTimes, bounded, median, timed, type Figure } from './figure.ts'
import { insertLoop } from './insert-loop.ts'
import { asJsonString, rawReply } from './raw-reply.ts'

const rounds = 3
const mostTimes = 2
const mostMegabytes = 300

/**
 * The whole way of one reply, from its first raw byte to merged orders and history, each time into fresh files, beside a
 * bare loop that inserts the very rows that came of it; and the most memory that the database process ever took.
 */
export async function mergeFigures(orders: number): Promise<Figure[]> {
  const reply = rawReply(0, orders)
  const [merge, loop, memory]: [number[], number[], number[]] = [[], [], []]
  for (let round = 0; round < rounds; round += 1) {
    const database = await openBenchDatabase()
    merge.push(await timed(() => mergeReply(database, reply)))
    memory.push(peakMegabytes(database))
    await database.close()
    loop.push(await insertLoop(database.file))
    database.remove()
  }
  const database = await openBenchDatabase()
  await mergeReply(database, asJsonString(reply))
  const wrapped = peakMegabytes(database)
  await database.close()
  database.remove()
  return [
    atMostTimes(
      {
        name: `raw reply to merged rows and history, ${orders.toLocaleString('en')} orders`,
        value: median(merge),
        unit: 'ms',
        peer: 'bare insert loop of the same rows',
        peerValue: median(loop),
      },
      mostTimes,
    ),
    memoryFigure(reply, 'a list', Math.max(...memory)),
    memoryFigure(reply, 'a JSON string', wrapped),
  ]
}

function memoryFigure(reply: Uint8Array, shape: string, megabytes: number): Figure {
  const name = `memory of the database process, reply of ${Math.round(reply.length / 1e6)} MB, data is ${shape}`
  return bounded({ name, value: megabytes, unit: 'MB' }, mostMegabytes)
}

/** The kernel's own count of the most that was ever in memory; not a number where the system keeps none. */
function peakMegabytes({ client }: BenchDatabase): number {
  if (process.platform !== 'linux') return Number.NaN
  const status = readFileSync(`/proc/${client.pid}/status`, 'utf8')
  return (Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1_024) / 1e6
}
