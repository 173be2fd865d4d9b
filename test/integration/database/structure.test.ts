import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { breakIndex } from '../../support/broken-index.ts'
import { openTestDatabase, testKey } from '../../support/database.ts'
import { elements, noon, pull } from '../../support/sync-steps.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { upkeep } from '../../support/upkeep.ts'

async function filled(): Promise<string> {
  const folder = temporaryFolder()
  const database = await openTestDatabase({ folder })
  await pull(database, elements(300), { at: noon })
  await database.close()
  return folder
}

const placeIn = (folder: string) => ({ folder, name: 'orders' as const, key: testKey })

describe('the check of the structure', () => {
  it('goes on beside a database that is in use, and keeps neither its queries nor its writes', async () => {
    const folder = await filled()
    await using database = await openTestDatabase({ folder })
    const [health] = await Promise.all([
      upkeep('upkeep.structure', placeIn(folder)),
      pull(database, elements(300, { status: 550 }), { at: noon + 1_000 }),
    ])
    expect(health).toEqual({ orders: 'good', replies: 'good' })
    await database.close()
    expect(await upkeep('upkeep.diagnose', placeIn(folder))).toEqual({ orders: 'good', replies: 'good' })
  })

  it.each([
    ['orders', 'orders.db', 'orders', 'orders_by_placed'],
    ['replies', 'orders-replies.db', 'replies', 'replies_by_account'],
  ])(
    'finds an index of %s that lists what is not there, where every page verifies',
    async (which, file, table, index) => {
      const folder = await filled()
      breakIndex(join(folder, file), testKey, table, index)
      await using database = await openTestDatabase({ folder })
      expect(await database.call('upkeep.check', {})).toEqual({ orders: 'good', replies: 'good' })
      const expected = { orders: 'good', replies: 'good', [which]: 'damaged' }
      expect(await upkeep('upkeep.structure', placeIn(folder))).toEqual(expected)
      await database.close()
      expect(await upkeep('upkeep.diagnose', placeIn(folder))).toEqual(expected)
    },
  )
})
