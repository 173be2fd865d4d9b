import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { BackupsState } from '#shared/contract/backups.ts'
import SettingsPage from '#renderer/pages/settings/SettingsPage.vue'
import { fileSize } from '#renderer/pages/settings/file-size.ts'
import { vault } from './builders.ts'
import { open, type Answers } from './window.ts'

const backup = { name: 'orders-20261124-120000.haoka-backup', madeAt: Date.UTC(2026, 10, 24, 4), bytes: 3_500_000 }

function state(changes: Partial<BackupsState> = {}): BackupsState {
  return { kept: [backup], lastCheck: null, damage: null, running: null, ...changes }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await flushPromises()
}

async function opened(answers: Answers) {
  const window = open(SettingsPage, { answers })
  for (const part of [window.app.settings, window.app.vault, window.app.info]) void part.reload()
  await settle()
  return window
}

/** Anywhere on the page, dialogs included. */
function find(testId: string): HTMLElement | null {
  return document.body.querySelector(`[data-testid="${testId}"]`)
}

async function press(testId: string): Promise<void> {
  find(testId)?.click()
  await settle()
}

async function type(testId: string, text: string): Promise<void> {
  const field = find(testId)
  const input = field instanceof HTMLInputElement ? field : field?.querySelector('input')
  if (!(input instanceof HTMLInputElement)) throw new Error(`no field ${testId}`)
  input.value = text
  input.dispatchEvent(new Event('input'))
  await settle()
}

afterEach(() => {
  document.body.innerHTML = ''
})

describe('the backups on the settings page', () => {
  it('are listed with date and size, beside the last check', async () => {
    const lastCheck = { at: backup.madeAt, orders: 'good', replies: 'good' } as const
    await opened({ 'backups.state': () => state({ lastCheck }) })
    expect(find('backups-list')?.textContent).toContain('2026-11-24 12:00:00')
    expect(find('backups-list')?.textContent).toContain('3.3 MB')
    expect(find('backups')?.textContent).toContain('数据完好')
  })

  it('offer the newest after damage, say what happens, and restore it on a second press', async () => {
    const restored: unknown[] = []
    const damage = { at: 1, setAside: ['orders.db.damaged-20261124-120000'], backup }
    await opened({
      'backups.state': () => state({ damage }),
      'backups.restore': (input) => {
        restored.push(input)
        return { setAside: [] }
      },
    })
    expect(find('backups-damage')?.textContent).toContain('orders.db.damaged-20261124-120000')
    await press('backups-restore-offered')
    expect(document.body.textContent).toContain('现有数据会先另存')
    expect(restored).toEqual([])
    await press('restore-confirm')
    expect(restored).toEqual([{ kept: backup.name, recoveryCode: null, passphrase: null }])
    expect(find('restore-confirm')).toBeNull()
  })

  it('ask for the code of another computer’s, and for a passphrase where there is no keychain', async () => {
    const restored: unknown[] = []
    await opened({
      'vault.state': () => vault({ keychainAvailable: false }),
      'backups.state': () => state(),
      'backups.choose': () => ({ chosen: { ...backup, name: 'theirs.haoka-backup', needsCode: true } }),
      'backups.restore': (input) => {
        restored.push(input)
        return { setAside: [] }
      },
    })
    await press('backups-choose')
    await press('restore-confirm')
    expect(restored).toEqual([])
    await type('restore-code', 'AAAA-BBBB')
    await type('restore-passphrase', 'long enough')
    await press('restore-confirm')
    expect(restored).toEqual([{ kept: null, recoveryCode: 'AAAA-BBBB', passphrase: 'long enough' }])
  })

  it('wait while one of them is under way', async () => {
    const { tell } = await opened({ 'backups.state': () => state() })
    tell('backups.changed', state({ running: 'restore' }))
    await settle()
    for (const name of ['backups-make', 'backups-save', 'backups-choose', 'backups-check'])
      expect(find(name)?.hasAttribute('disabled'), name).toBe(true)
  })
})

describe('a file’s size', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_024, '1.0 KB'],
    [3_500_000, '3.3 MB'],
    [700 * 1_048_576, '700 MB'],
    [5 * 1_073_741_824, '5.0 GB'],
  ])('of %i bytes is %s', (bytes, text) => {
    expect(fileSize(bytes)).toBe(text)
  })
})
