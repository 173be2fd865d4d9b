import '../../../support/plain-electron.ts'
import { describe, expect, it } from 'vitest'
import { ConfigStore } from '#main/settings/config-store.ts'
import { Notices } from '#main/settings/notices.ts'
import { localeFor, SettingsService } from '#main/settings/settings-service.ts'
import { defaultExportColumns } from '#domain/vocabulary.ts'
import { settingsSchema } from '#shared/contract/settings.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

function openSettings(systemLocale: string, folder = temporaryFolder()) {
  const store = new ConfigStore({ dataFolder: folder, now: () => 0, onSetAside: () => undefined })
  return { settings: new SettingsService(store, systemLocale), folder }
}

describe('the settings', () => {
  it.each([
    ['zh-CN', 'zh-CN'],
    ['zh-TW', 'zh-CN'],
    ['zh_CN.UTF-8', 'zh-CN'],
    ['ZH', 'zh-CN'],
    ['en-US', 'en'],
    ['de', 'en'],
    ['', 'en'],
  ])('speak, on a system in %j, %s', (system, locale) => {
    expect(localeFor(system)).toBe(locale)
    expect(openSettings(system).settings.get().locale).toBe(locale)
  })

  it('write files in Chinese on any system until a language was chosen', () => {
    const { settings } = openSettings('en-US')
    expect(settings.exportLocale()).toBe('zh-CN')
    settings.set({ locale: 'en' })
    expect(settings.exportLocale()).toBe('en')
  })

  it('start with the defaults', () => {
    const settings = openSettings('zh-CN').settings.get()
    expect(settings).toMatchObject({ theme: 'system', keepRepliesDays: 180, exportColumns: defaultExportColumns })
    expect(settingsSchema.parse(settings)).toEqual(settings)
  })

  it('keep what was chosen, and only that, for the next start', () => {
    const { settings, folder } = openSettings('zh-CN')
    const told: string[] = []
    settings.onChanged(({ theme }) => told.push(theme))
    settings.set({ theme: 'dark', locale: undefined })
    expect(told).toEqual(['dark'])
    expect(openSettings('en-GB', folder).settings.get()).toMatchObject({ theme: 'dark', locale: 'en' })
  })

  it('refuse what the contract does not allow', () => {
    const { settings } = openSettings('en')
    expect(() => settings.set({ keepRepliesDays: 1 })).toThrow()
    expect(settings.get().keepRepliesDays).toBe(180)
  })
})

describe('notices', () => {
  it('stay until dismissed, and tell when they change', () => {
    const notices = new Notices()
    let changes = 0
    notices.onChanged(() => changes++)
    notices.add('settingsSetAside', { file: 'config.json.damaged-1' })
    const [notice] = notices.list()
    expect(notice).toMatchObject({ kind: 'settingsSetAside', data: { file: 'config.json.damaged-1' } })
    notices.dismiss('another')
    notices.dismiss(notice!.id)
    expect(notices.list()).toEqual([])
    expect(changes).toBe(2)
  })
})
