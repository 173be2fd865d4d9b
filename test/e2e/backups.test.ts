import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { launchApp, type RunningApp } from '../support/app.ts'
import { passphrase } from '../support/commands.ts'
import { addAccount, chooseExportFile, expectTotal, sync } from '../support/merchant.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { startUpstream } from '../support/upstream.ts'

const env = { HAOKA_PASSPHRASE: passphrase }
/** Where pictures for a person to look at go. */
const pictures = process.env['HAOKA_TEST_PICTURES']

async function picture(app: RunningApp, name: string): Promise<void> {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await app.page.screenshot({ path: join(pictures, `${name}.png`) })
}

/** Answers the next "open" dialogs with this file; null: as somebody who closes them. */
async function chooseBackup(app: RunningApp, file: string | null): Promise<void> {
  await app.electron.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: path === null, filePaths: path === null ? [] : [path] })
  }, file)
  await app.find('backups-choose').click()
}

async function said(app: RunningApp, text: string): Promise<void> {
  await app.page.getByText(text).first().waitFor({ timeout: 60_000 })
}

async function openBackups(app: RunningApp): Promise<void> {
  await app.find('nav-settings').click()
  await app.find('backups').scrollIntoViewIfNeeded()
}

describe('backups in the window', () => {
  it('are made, saved as a file and restored; on another computer with the recovery code', async () => {
    const upstream = await startUpstream()
    const own = () => upstream.truth().filter(({ type }) => type === 'own').length
    const app = await launchApp({ dataDir: temporaryFolder(), env })
    await addAccount(app, upstream)
    await sync(app)
    await expectTotal(app, 'own', own())

    await openBackups(app)
    await app.find('backups-make').click()
    await said(app, '已备份。')
    expect(await app.find('backups-list').locator('li').count()).toBe(1)
    await app.find('backups-make').click()
    await said(app, '上次备份之后没有变动。')

    const typed = join(temporaryFolder(), '订单备份')
    const file = `${typed}.haoka-backup`
    await app.electron.evaluate(({ dialog }) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: true, filePath: '' })
    })
    await app.find('backups-save').click()
    await chooseExportFile(app, typed)
    await app.find('backups-save').click()
    await said(app, '备份已保存')
    expect(existsSync(file)).toBe(true)
    expect(statSync(file).size).toBeGreaterThan(10_000)
    await picture(app, 'backups-saved')

    upstream.advance(24)
    await sync(app)
    await openBackups(app)
    await chooseBackup(app, null)
    await chooseBackup(app, file)
    await app.find('restore-confirm').waitFor()
    expect(await app.find('restore-code').count(), 'its own backup needs no code').toBe(0)
    await picture(app, 'backups-confirm')
    await app.find('restore-confirm').click()
    await said(app, '已恢复')
    await picture(app, 'backups-restored')
    expect(readdirSync(app.dataDir).some((name) => name.startsWith('orders.db.replaced-'))).toBe(true)
    await expectTotal(app, 'own', own())

    await openBackups(app)
    await app.find('recovery-show').click()
    const code = await app.find('recovery-code').locator('code').innerText()
    await app.close()
    await onAnotherComputer(file, code, own())
  })

  it('say plainly that a file is none, and change nothing', async () => {
    const upstream = await startUpstream()
    const app = await launchApp({ dataDir: temporaryFolder(), env })
    await addAccount(app, upstream)
    await openBackups(app)
    const file = join(temporaryFolder(), '表格.haoka-backup')
    writeFileSync(file, '订单号,姓名\n')
    await chooseBackup(app, file)
    await said(app, '不是')
    expect(await app.find('restore-confirm').count()).toBe(0)
    await picture(app, 'backups-not-one')
  })
})

async function onAnotherComputer(file: string, code: string, orders: number): Promise<void> {
  const app = await launchApp({ dataDir: temporaryFolder(), env: { HAOKA_PASSPHRASE: 'another passphrase' } })
  await openBackups(app)
  await chooseBackup(app, file)
  const confirm = app.find('restore-confirm')
  await confirm.waitFor()
  await expect.poll(() => confirm.isDisabled()).toBe(true)
  await picture(app, 'backups-code')
  await app.find('restore-code').fill('AAAA-AAAA')
  if ((await app.find('restore-passphrase').count()) > 0) await app.find('restore-passphrase').fill('a new passphrase')
  await confirm.click()
  await said(app, '请核对打印件上的每一组字符')
  await picture(app, 'backups-code-wrong')
  await app.find('restore-code').fill(code.toLowerCase())
  await confirm.click()
  await said(app, '已恢复')
  await expectTotal(app, 'own', orders)
  await picture(app, 'backups-elsewhere')
}
