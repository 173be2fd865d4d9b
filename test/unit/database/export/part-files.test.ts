import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openPart, partFile, placeParts, placingError, type PartFile } from '#database/export/part-files.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

function written(target: string, text: string): PartFile {
  const part = partFile(target)
  writeFileSync(part.temporary, text)
  return part
}

describe('a file that could not take its name', () => {
  it.each([
    // Windows, while Excel or WPS has the old one open
    ['EBUSY', 'fileInUse'],
    ['EPERM', 'fileInUse'],
    ['EACCES', 'fileInUse'],
    ['ENOENT', 'folderGone'],
  ])('%s is told as %s', (system, code) => {
    expect(placingError(Object.assign(new Error('rename'), { code: system }))).toMatchObject({ code })
  })

  it('is told as the system says otherwise', () => {
    const thrown = Object.assign(new Error('rename'), { code: 'EISDIR' })
    expect(placingError(thrown)).toBe(thrown)
  })
})

describe('several files', () => {
  it('take their names together', async () => {
    const folder = temporaryFolder()
    await placeParts([written(join(folder, 'a-变动.csv'), 'history'), written(join(folder, 'a.csv'), 'orders')])
    expect(readdirSync(folder).sort()).toEqual(['a-变动.csv', 'a.csv'].sort())
    expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toBe('orders')
  })

  it('leave no half: where the second cannot have its name, the first goes again', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'a.csv'))
    const parts = [written(join(folder, 'a-变动.csv'), 'history'), written(join(folder, 'a.csv'), 'orders')]
    await expect(placeParts(parts)).rejects.toMatchObject({ code: 'EISDIR' })
    expect(readdirSync(folder).filter((name) => !name.endsWith('.haoka-part'))).toEqual(['a.csv'])
  })
})

it('says that the folder is gone before anything is written', async () => {
  const nowhere = partFile(join(temporaryFolder(), 'unplugged', 'a.csv'))
  await expect(openPart(nowhere)).rejects.toMatchObject({ code: 'folderGone' })
})
