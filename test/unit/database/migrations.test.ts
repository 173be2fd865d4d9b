import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openConnection, type Connection } from '#database/connection.ts'
import { migrate } from '#database/migrations/migrate.ts'
import type { Migration } from '#database/migrations/migration.ts'
import { ordersMigrations } from '#database/migrations/orders/index.ts'
import { repliesMigrations } from '#database/migrations/replies/index.ts'

const key = '5a'.repeat(32)
const files: [string, readonly Migration[]][] = [
  ['orders', ordersMigrations],
  ['replies', repliesMigrations],
]

let folder: string
let open: Connection[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'haoka-migrations-'))
  open = []
})
afterEach(() => {
  for (const connection of open) connection.close()
  rmSync(folder, { recursive: true, force: true })
})

async function connect(name = 'file.db'): Promise<Connection> {
  const connection = await openConnection(join(folder, name), key, () => undefined)
  open.push(connection)
  return connection
}

function schemaOf(connection: Connection): string {
  return connection
    .column<string>(`SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name`)
    .join(';\n\n')
}

const howTo =
  'A migration that has shipped is frozen. To change the schema, add the next numbered file beside the others, ' +
  'list it in index.ts, then run `vitest run --project unit test/unit/database --update` and commit the snapshot.'

describe.each(files)('the schema of %s', (name, steps) => {
  it.each(steps.map((step) => [step.number, step.name] as const))('is frozen after step %i, %s', async (number) => {
    const connection = await connect()
    await migrate(connection, steps.slice(0, number), 0)
    await expect(schemaOf(connection), howTo).toMatchFileSnapshot(
      `schemas/${name}-${String(number).padStart(4, '0')}.sql`,
    )
  })

  it('is numbered from 1 without a gap', () => {
    expect(steps.map((step) => step.number)).toEqual(steps.map((_step, index) => index + 1))
  })

  it.each(steps.map((step) => step.number - 1))('comes out the same from step %i as from nothing', async (from) => {
    const fresh = await connect('fresh.db')
    await migrate(fresh, steps, 0)
    const upgraded = await connect('upgraded.db')
    await migrate(upgraded, steps.slice(0, from), 0)
    await migrate(upgraded, steps, 0)
    expect(schemaOf(upgraded)).toBe(schemaOf(fresh))
  })

  it('does nothing to a file that is up to date', async () => {
    const connection = await connect()
    await migrate(connection, steps, 1)
    await migrate(connection, steps, 2)
    expect(connection.column('SELECT DISTINCT applied_at FROM migrations')).toEqual([1])
    expect(readdirSync(folder).filter((file) => file.includes('before'))).toEqual([])
  })
})

describe('an upgrade', () => {
  const first: Migration = { number: 1, name: 'first', sql: 'CREATE TABLE t (a TEXT) STRICT' }
  const second: Migration = { number: 2, name: 'second', sql: 'CREATE TABLE u (b TEXT) STRICT' }

  it('keeps the data, and an encrypted copy of the file as it was', async () => {
    const connection = await connect()
    await migrate(connection, [first], 0)
    await connection.write(() => connection.run('INSERT INTO t VALUES (?)', ['kept']))
    await migrate(connection, [first, second], 0)
    expect(connection.column('SELECT a FROM t')).toEqual(['kept'])
    const copy = await connect('file.db.before-0002')
    expect(copy.column('SELECT a FROM t')).toEqual(['kept'])
    expect(copy.column('SELECT max(number) FROM migrations')).toEqual([1])
  })

  it('that fails leaves the file at the step before', async () => {
    const connection = await connect()
    await migrate(connection, [first], 0)
    const broken = { ...second, sql: `${second.sql}; CREATE TABLE t (again TEXT)` }
    await expect(migrate(connection, [first, broken], 0)).rejects.toThrow('already exists')
    expect(schemaOf(connection)).not.toContain('TABLE u')
    await migrate(connection, [first, second], 0)
    expect(schemaOf(connection)).toContain('TABLE u')
  })

  it.each<[string, Migration[]]>([
    ['a later version', [first]],
    ['another line of versions', [first, { ...second, name: 'other' }]],
  ])('refuses a file of %s', async (_whose, known) => {
    const connection = await connect()
    await migrate(connection, [first, second], 0)
    await expect(migrate(connection, known, 0)).rejects.toMatchObject({ code: 'databaseNewer' })
  })
})
