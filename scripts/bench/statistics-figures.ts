import { setTimeout as delay } from 'node:timers/promises'
import type { OrderType } from '#domain/vocabulary.ts'
import type { StatisticsQuery } from '#shared/contract/statistics.ts'
import { accountId, type BenchDatabase } from './bench-database.ts'
import { bounded, percentile, timed, type Figure } from './figure.ts'

const rounds = 20
const goalMs = 300

/**
 * Everything on the statistics page, no answer asked twice: over all time, the last year, quarter, month and week up to
 * another day each time.
 */
export async function statisticsFigures(database: BenchDatabase, orders: number): Promise<Figure[]> {
  const { client } = database
  await counted(database)
  const took: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const to = dayBefore('2024-08-31', round)
    const type = ([null, 'own', 'distributor'] as const)[round % 3] ?? null
    for (const days of [365, 90, 30, 7])
      took.push(await timed(() => client.call('statistics.read', query(type, dayBefore(to, days - 1), to))))
  }
  for (const type of [null, 'own', 'distributor'] as const)
    took.push(await timed(() => client.call('statistics.read', query(type, null, null))))
  const of = `at ${orders.toLocaleString('en')} orders`
  return [bounded({ name: `statistics page ${of}, p95`, value: percentile(took, 0.95), unit: 'ms' }, goalMs)]
}

/** Waits until the figures of every day are up to date. */
async function counted({ client }: BenchDatabase): Promise<void> {
  while ((await client.call('statistics.read', query(null, '2000-01-01', '2000-01-01'))).pendingDays > 0)
    await delay(50)
}

function query(type: OrderType | null, from: string | null, to: string | null): StatisticsQuery {
  return { accountId, type, from, to }
}

function dayBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10)
}
