import { expect, it } from 'vitest'
import { launchApp } from '../support/app.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { passphrase } from '../support/commands.ts'
import { filesHolding } from '../support/files-of.ts'
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
  const found = clear.flatMap((text) => filesHolding(dataDir, text).map((file) => `${text} in ${file}`))
  expect(found).toEqual([])
})
