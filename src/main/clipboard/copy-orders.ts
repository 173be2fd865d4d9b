import { axisFlag } from '#domain/axis-flag.ts'
import { toBeijing } from '#domain/beijing-time.ts'
import { clipboardTable, type ClipboardTable } from '#domain/clipboard-table.ts'
import type { Axis, OrderColumn } from '#domain/vocabulary.ts'
import { copiedRowsAtMost, type clipboardRoutes } from '#shared/contract/clipboard.ts'
import { limits } from '#shared/contract/common.ts'
import type { ExportWords } from '#shared/contract/exports.ts'
import type { OrderRow } from '#shared/contract/orders.ts'
import type { DatabaseEvents, DatabaseRoutes } from '#shared/database/contract.ts'
import type { Client, InputOf, OutputOf } from '#shared/rpc/route.ts'

type Order = InputOf<(typeof clipboardRoutes)['orders.copy']>

export interface CopyParts {
  readonly database: Pick<Client<DatabaseRoutes, DatabaseEvents>, 'call'>
  readonly words: ExportWords
  readonly accountLabel: string
  readonly write: (table: ClipboardTable) => Promise<void>
  readonly signal: AbortSignal
}

/** Reads the rows in windows and puts them on the clipboard as a table. Unmasked values stay in this process. */
export async function copyOrders(
  order: Order,
  { database, words, accountLabel, write, signal }: CopyParts,
): Promise<OutputOf<(typeof clipboardRoutes)['orders.copy']>> {
  const { filter, sort, columns, heading } = order
  const table: (string | null)[][] = heading ? [columns.map((column) => words.columns[column] ?? column)] : []
  let copied = 0
  let total = 0
  do {
    const count = Math.min(limits.rows, copiedRowsAtMost - copied)
    const input = { filter, sort, start: copied, count, reveal: true }
    const window = await database.call('orders.window', input, { signal })
    total = window.total
    for (const row of window.rows) table.push(columns.map((column) => cellText(row, column, words, accountLabel)))
    if (window.rows.length === 0) break
    copied += window.rows.length
  } while (copied < Math.min(total, copiedRowsAtMost))
  if (copied > 0) await write(clipboardTable(table))
  return { copied, total }
}

/** A bare 0 or 1 as its word, as the grid and the exports have it. */
function axisText(row: OrderRow, axis: Exclude<Axis, 'production'>, words: ExportWords): string | null {
  const value = row[axis]
  const flag = value === null ? null : axisFlag(axis, value, row.stage)
  return flag === null ? value : (words.axisFlags[flag] ?? value)
}

/** A cell as an export shows it. */
function cellText(row: OrderRow, column: OrderColumn, words: ExportWords, accountLabel: string): string | null {
  switch (column) {
    case 'stage':
      return words.stages[row.stage] ?? row.stage
    case 'type':
      return words.types[row.type] ?? row.type
    case 'account':
      return accountLabel
    case 'firstSeenAt':
    case 'changedAt':
      return toBeijing(row[column])
    case 'tags':
      return row.tags.join(', ')
    case 'flag':
      return row.flag === null ? null : (words.flags[row.flag] ?? row.flag)
    case 'activation':
    case 'recharge':
    case 'settlement':
    case 'refund':
      return axisText(row, column, words)
    default:
      return row[column]
  }
}
