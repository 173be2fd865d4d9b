import '../../../support/plain-electron.ts'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { accountJson, commandLine } from '../../../support/installation.ts'
import { startOddUpstream, json } from '../../../support/odd-upstream.ts'
import { rules } from '../../../support/mapping.ts'
import { element } from '../../../support/sync-steps.ts'

const credentials = { key: 'k', name: 'n', password: 'p', token: 't', sk: null }

it('shows, sets and re-runs a mapping', async () => {
  const odd = element({ mobile: '13911112222', tel_b: '13800138000', status: 7, status_name: '归档' })
  const nameless = { beleg: 'B-1', goods_name: '星卡29元', id_name: '张小三', status: 7, tel_b: '13800138001' }
  await using upstream = await startOddUpstream((_request, response) =>
    json(response, { code: 200, msg: 'ok', data: { rows: [odd, nameless] } }),
  )
  const cli = commandLine({ passphrase: 'correct horse battery' })
  const gateway = { url: upstream.url, credentials } as unknown as Parameters<typeof accountJson>[0]
  await cli.run(['account', 'add', '--json', '-'], { stdin: accountJson(gateway) })
  const synced = await cli.run(['sync', '--account', 'Main', '--type', 'own'])
  expect(synced.exitCode, synced.stdout).toBe(6)

  const shown = await cli.run(['mapping', 'show', '--account', 'Main', '--type', 'own'])
  expect(shown.line).toMatchObject({
    ok: true,
    mappings: [
      {
        type: 'own',
        rules: rules(),
        rerunDue: false,
        unreadable: 1,
        found: { source: 'replies', listPath: 'data.rows' },
      },
    ],
  })
  expect(shown.stdout).not.toContain('13800138000')

  const decided = {
    fields: { phone: ['tel_b'], orderNo: ['order_sn', 'beleg'] },
    codes: [{ axis: 'production', code: '7', means: 'settled' }],
  }
  writeFileSync(join(cli.folder, 'mapping.json'), JSON.stringify(decided))
  const set = await cli.run(['mapping', 'set', '--account', 'Main', '--type', 'own', '--json', 'mapping.json'])
  expect(set.line).toMatchObject({
    ok: true,
    mappings: [{ type: 'own', rules: rules(decided as never), rerunDue: true }],
  })

  const rerun = await cli.run(['mapping', 'rerun', '--account', 'Main', '--type', 'own'])
  expect(rerun).toMatchObject({
    exitCode: 0,
    line: { ok: true, reruns: [{ type: 'own', orders: 2, added: 1, unreadable: 0 }] },
  })
  const history = await cli.run(['history', '--account', 'Main', '--order', odd.order_sn])
  expect(history.line['order']).toMatchObject({ phone: '13800138000', stage: 'settled' })
})

it.each([
  ['{', 'mappingNotJson', ''],
  ['[]', 'mappingOtherFormat', ''],
  ['{"format":"other","version":1}', 'mappingOtherFormat', ''],
  ['{"format":"haoka-desk-mapping","version":3}', 'mappingNewer', '3'],
  ['{"fields":{"phone":"mobile"}}', 'mappingBadValue', 'fields.phone'],
  ['{"colour":1}', 'mappingBadValue', 'colour'],
  ['{"dateFormats":["HH:mm"]}', 'dateFormat', 'dateFormats.0'],
  ['{"zone":"Mars/Olympus"}', 'zone', 'America/New_York'],
])('refuses %s and says why', async (stdin, _problem, place) => {
  const cli = commandLine({ passphrase: 'correct horse battery' })
  const gateway = { url: 'http://127.0.0.1:9/order', credentials } as unknown as Parameters<typeof accountJson>[0]
  await cli.run(['account', 'add', '--json', '-'], { stdin: accountJson(gateway) })
  const { exitCode, line } = await cli.run(['mapping', 'set', '--account', 'Main', '--json', '-'], { stdin })
  expect(exitCode).toBe(1)
  expect(line.error).toMatchObject({ code: 'mappingInvalid' })
  expect(line.error?.message).toContain(place)
  expect(line.error?.message).not.toContain('{')
})
