import { allOrders } from '#shared/contract/order-filter.ts'
import { AppError } from '#shared/errors.ts'
import { savedViewSchema, viewLimits, type SavedView, type ViewContent } from '#shared/contract/views.ts'
import type { Connection } from '../connection.ts'
import { ensureAccountTx, findAccount, type Session } from '../session.ts'

interface ViewRow {
  id: number
  name: string
  settings: string
}

/** By position. A view that cannot be read any more is left out, not lost. */
export function readViews({ orders }: Session, accountId: string): SavedView[] {
  const sql = `SELECT id, name, settings FROM views WHERE account = ? ORDER BY position, id LIMIT ${viewLimits.views}`
  return orders.all<ViewRow>(sql, [findAccount(orders, accountId)]).flatMap((row) => toView(row) ?? [])
}

/** Filters that were saved before a restriction was thought of do without it. */
function toView({ id, name, settings }: ViewRow): SavedView | null {
  const { filter, ...stored } = JSON.parse(settings) as { filter: object }
  const { accountId: _account, only: _only, ...unrestricted } = allOrders('')
  const read = savedViewSchema.safeParse({ ...stored, id, name, filter: { ...unrestricted, ...filter } })
  return read.success ? read.data : null
}

/** Throws viewNotFound, viewNameTaken, tooManyViews. */
export async function saveView(
  { orders }: Session,
  { accountId, id, content }: { accountId: string; id: number | null; content: ViewContent },
): Promise<SavedView> {
  const { name, ...settings } = content
  const saved = await orders.write(() => {
    const account = ensureAccountTx(orders, accountId)
    refuseTakenTx(orders, account, id, name)
    if (id === null) return insertTx(orders, account, name, JSON.stringify(settings))
    const sql = 'UPDATE views SET name = ?, settings = ? WHERE id = ? AND account = ?'
    if (orders.run(sql, [name, JSON.stringify(settings), id, account]) === 0) throw new AppError('viewNotFound')
    return id
  })
  return { id: saved, ...content }
}

function insertTx(orders: Connection, account: number, name: string, settings: string): number {
  const row = orders.get<{ views: number; last: number | null }>(
    'SELECT count(*) AS views, max(position) AS last FROM views WHERE account = ?',
    [account],
  )
  if ((row?.views ?? 0) >= viewLimits.views)
    throw new AppError('tooManyViews', 'tooManyViews', { data: { most: viewLimits.views } })
  const sql = 'INSERT INTO views (account, name, position, settings) VALUES (?, ?, ?, ?)'
  return orders.insert(sql, [account, name, (row?.last ?? -1) + 1, settings])
}

/** Throws viewNotFound, viewNameTaken. */
export async function renameView({ orders }: Session, accountId: string, id: number, name: string): Promise<void> {
  await orders.write(() => {
    const account = findAccount(orders, accountId)
    refuseTakenTx(orders, account, id, name)
    if (orders.run('UPDATE views SET name = ? WHERE id = ? AND account = ?', [name, id, account]) === 0)
      throw new AppError('viewNotFound')
  })
}

function refuseTakenTx(orders: Connection, account: number | null, id: number | null, name: string): void {
  const other = orders.get<{ id: number }>('SELECT id FROM views WHERE account = ? AND name = ?', [account, name])
  if (other !== undefined && other.id !== id) throw new AppError('viewNameTaken')
}

/** One that is gone already is no error. */
export async function removeView({ orders }: Session, accountId: string, id: number): Promise<void> {
  await orders.write(() =>
    orders.run('DELETE FROM views WHERE id = ? AND account = ?', [id, findAccount(orders, accountId)]),
  )
}

export async function reorderViews({ orders }: Session, accountId: string, ids: readonly number[]): Promise<void> {
  await orders.write(() => {
    const account = findAccount(orders, accountId)
    const all = orders.column<number>('SELECT id FROM views WHERE account = ? ORDER BY position, id', [account])
    const named = ids.filter((id) => all.includes(id))
    const order = new Set([...named, ...all])
    for (const [position, id] of [...order].entries())
      orders.run('UPDATE views SET position = ? WHERE id = ?', [position, id])
  })
}
