import { toBeijing } from '#domain/beijing-time.ts'
import type { OrderDetail, StatusChange } from '#shared/contract/orders.ts'
import { AppError } from '#shared/errors.ts'
import type { Services } from '../../services.ts'
import type { CommandNamed } from '../command.ts'
import { done, type CommandResult } from '../command-result.ts'

/** An order and what changed when, oldest change first. Asks the upstream nothing. Throws orderNotFound. */
export async function showHistory(services: Services, command: CommandNamed<'history'>): Promise<CommandResult> {
  const account = services.accounts.byLabel(command.account)
  const database = await services.databases.forAccount(account.id)
  const found = await database.call('orders.byNumber', { accountId: account.id, orderNo: command.orderNo })
  // The same number under both types is two orders; the one that moved last is meant.
  const order = found.toSorted((a, b) => b.row.changedAt - a.row.changedAt)[0]
  if (order === undefined) throw new AppError('orderNotFound')
  return done({ order: printedOrder(order), changes: order.changes.toReversed().map(printedChange) })
}

function printedOrder({ row }: OrderDetail) {
  const { id: _id, backward: _backward, firstSeenAt, changedAt, goneUpstreamAt, ...fields } = row
  const gone = goneUpstreamAt === null ? null : toBeijing(goneUpstreamAt)
  return { ...fields, firstSeenAt: toBeijing(firstSeenAt), changedAt: toBeijing(changedAt), goneUpstreamAt: gone }
}

/** The upstream's own word, its code where it has none; null: nothing was known before. */
function printedChange({ axis, from, to, seenAt, upstreamAt }: StatusChange) {
  return {
    axis,
    from: from === null ? null : (from.word ?? from.code),
    to: to.word ?? to.code,
    seenAt: toBeijing(seenAt),
    upstreamAt,
  }
}
