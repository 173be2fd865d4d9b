import { csvBom, csvRow } from '#domain/csv.ts'
import { funnelSteps, stages } from '#domain/vocabulary.ts'
import type { Locale } from '#shared/contract/settings.ts'
import type { Groups, Statistics } from '#shared/contract/statistics.ts'
import { locales } from '#shared/locales/index.ts'

type Words = (typeof locales)[Locale]

/** What a line says; what is left out is an empty cell. Amounts are in cents. */
interface Line {
  section: string
  item?: string
  days?: { from: string; to: string }
  orders?: number
  sums?: Omit<Statistics['products']['items'][number], 'value'>
  money?: Pick<Statistics['months'][number], 'expected' | 'settled'>
  medianMs?: number | null
}

/** Every figure of the page as one table that Excel and WPS open as it is: one figure's orders, sums or times a line. */
export function statisticsCsv(statistics: Statistics, locale: Locale): string {
  const words = locales[locale]
  const lines = [headings(words), ...linesOf(statistics, words).map(toCells)]
  return csvBom + lines.map((cells) => csvRow(cells, false)).join('')
}

function headings({ statistics: { file, columns, steps } }: Words): string[] {
  const [, ...later] = funnelSteps
  return [
    file.section,
    file.item,
    file.from,
    file.to,
    columns.orders,
    ...later.map((step) => steps[step]),
    file.failed,
    file.expectedOrders,
    columns.expected,
    file.settledOrders,
    columns.settled,
    file.medianHours,
  ]
}

function linesOf(of: Statistics, words: Words): Line[] {
  const { statistics, columns } = words
  const { sections, file } = statistics
  const total: Line = { section: file.total, sums: of.totals, ...(of.range !== null && { days: of.range }) }
  const before: Line[] =
    of.before === null ? [] : [{ section: file.before, days: of.before.range, sums: of.before.totals }]
  return [
    total,
    ...before,
    ...stages.map((stage): Line => ({
      section: file.stage,
      item: columns.stages[stage],
      orders: of.totals.stages[stage],
    })),
    ...of.buckets.flatMap(({ from, to, stages: counts }) =>
      stages
        .filter((stage) => counts[stage] > 0)
        .map((stage): Line => {
          const days = { from, to }
          return { section: sections.daily[of.unit], item: columns.stages[stage], days, orders: counts[stage] }
        }),
    ),
    ...of.times.map(({ from, to, medianMs, orders }): Line => {
      const item = `${statistics.steps[from]} → ${statistics.steps[to]}`
      return { section: file.times, item, orders, medianMs }
    }),
    ...groupLines(sections.products, of.products, words),
    ...groupLines(sections.agents, of.agents, words),
    ...groupLines(sections.failures, of.failures, words),
    ...groupLines(sections.unsettled, of.unsettled, words),
    ...of.months.map(({ from, to, expected, settled }): Line => {
      return { section: sections.money, days: { from, to }, money: { expected, settled } }
    }),
  ]
}

function groupLines(section: string, { items, others }: Groups, { statistics }: Words): Line[] {
  const lines = items.map((sums): Line => ({
    section,
    item: sums.value === '' ? statistics.noValue : sums.value,
    sums,
  }))
  return others.groups === 0 ? lines : [...lines, { section, item: statistics.file.others, orders: others.orders }]
}

function toCells({ section, item, days, orders, sums, money, medianMs }: Line): (string | null)[] {
  const [, ...later] = funnelSteps
  const paid = sums ?? money
  return [
    section,
    item ?? null,
    days?.from ?? null,
    days?.to ?? null,
    count(orders ?? sums?.steps.placed),
    ...later.map((step) => count(sums?.steps[step])),
    count(sums?.failed),
    count(paid?.expected.orders),
    yuan(paid?.expected.cents),
    count(paid?.settled.orders),
    yuan(paid?.settled.cents),
    medianMs === undefined || medianMs === null ? null : (medianMs / 3_600_000).toFixed(2),
  ]
}

function count(value: number | undefined): string | null {
  return value === undefined ? null : String(value)
}

function yuan(cents: number | undefined): string | null {
  return cents === undefined ? null : (cents / 100).toFixed(2)
}
