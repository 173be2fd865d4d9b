import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { launchApp, temporaryFolder } from '../support/app.ts'
import { passphrase } from '../support/commands.ts'
import { addAccount, expectTotal, openFirstOrder, sync } from '../support/merchant.ts'
import { startUpstream } from '../support/upstream.ts'

const env = { HAOKA_PASSPHRASE: passphrase }

it('keeps a merchant’s own account and its orders over a restart, and its secrets to itself', async () => {
  const upstream = await startUpstream()
  const dataDir = temporaryFolder()
  const truth = upstream.truth()
  const own = truth.filter((order) => order.type === 'own')
  const secrets = [upstream.credentials.key, upstream.credentials.token, upstream.credentials.sk!, passphrase]

  const app = await launchApp({ dataDir, env })
  await addAccount(app, upstream)
  await sync(app)
  await expectTotal(app, 'own', own.length)
  await expectTotal(app, 'distributor', truth.length - own.length)
  for (const secret of secrets) expect(await app.page.content()).not.toContain(secret)
  await app.close()

  const again = await launchApp({ dataDir, env })
  await expectTotal(again, 'own', own.length)
  await openFirstOrder(again)
  await again.close()

  const clear = [...secrets, ...own.slice(0, 20).flatMap(({ fields }) => [fields.phone!, fields.idNumber!])]
  for (const file of filesIn(dataDir)) {
    const content = readFileSync(file)
    const found = clear.filter((text) => content.includes(text))
    expect(found, `in the clear in ${file}`).toEqual([])
  }
})

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
