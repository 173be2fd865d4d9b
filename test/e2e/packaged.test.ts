import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { beforeAll, expect, inject, it, onTestFinished } from 'vitest'
import { projectFolder } from '../../scripts/runtime/project.ts'
import { runQuietly } from '../../scripts/runtime/run-quietly.ts'
import { devtoolsPage, devtoolsSwitch } from '../../scripts/start/devtools-page.ts'
import { exitOf, startApp } from '../../scripts/start/run-app.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const { executable, resources } = packagedApp()

/** Where electron-builder puts the unpacked app on this platform. */
function packagedApp(): { executable: string; resources: string } {
  const dist = join(projectFolder, 'dist')
  if (process.platform === 'darwin') {
    const contents = join(dist, process.arch === 'arm64' ? 'mac-arm64' : 'mac', 'Haoka Desk.app', 'Contents')
    return { executable: join(contents, 'MacOS', 'Haoka Desk'), resources: join(contents, 'Resources') }
  }
  const windows = process.platform === 'win32'
  const folder = join(dist, windows ? 'win-unpacked' : 'linux-unpacked')
  return {
    executable: join(folder, windows ? 'Haoka Desk.exe' : 'haoka-desk'),
    resources: join(folder, 'resources'),
  }
}

beforeAll(async () => {
  const script = join(projectFolder, 'scripts', 'package.ts')
  const { code, output } = await runQuietly(process.execPath, [script, '--dir'], { cwd: projectFolder })
  if (code !== 0) throw new Error(output)
})

it('starts as it is installed and syncs the practice account', async () => {
  const runtime = inject('runtime')
  const switches = runtime.args.filter((argument) => argument.startsWith('-'))
  const packaged = { ...runtime, executable, args: switches }
  const app = startApp(packaged, [devtoolsSwitch, '--practice', '--data-dir', temporaryFolder()], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = exitOf(app)
  onTestFinished(async () => {
    app.kill('SIGTERM')
    await ended
  })
  const page = await devtoolsPage(app.stderr!)
  await page.getByTestId('nav-sync').click()
  await page.getByTestId('sync-result').waitFor({ timeout: 60_000 })
  await page.getByTestId('nav-orders').click()
  await expect.poll(async () => Number(await page.getByTestId('orders-total').innerText())).toBeGreaterThan(0)
})

it('carries a Node of its own only where the runtime is too old for the SQLite addon', () => {
  const needed = inject('runtime').source === 'fallback'
  expect(existsSync(join(resources, 'node'))).toBe(needed)
  expect(existsSync(join(resources, 'app'))).toBe(false)
})

it('packs what runs and nothing else', () => {
  const paths = listPackage(join(resources, 'app.asar'), { isPack: false }).map((path) => path.split(/[\\/]/).slice(1))
  expect(namesAt(paths, 0)).toEqual(['node_modules', 'out', 'package.json'])
  const modules = paths.filter((path) => path[0] === 'node_modules')
  expect(namesAt(modules, 1)).toEqual(['better-sqlite3-multiple-ciphers'])
  const prebuilds = join(resources, 'app.asar.unpacked/node_modules/better-sqlite3-multiple-ciphers/prebuilds')
  expect(readdirSync(prebuilds)).toEqual([`${process.platform}-${process.arch}.node`])
})

function namesAt(paths: readonly string[][], depth: number): string[] {
  return [...new Set(paths.map((path) => path[depth]).filter((name) => name !== undefined))].sort()
}

it('has its fuses set', async () => {
  const wire = await getCurrentFuseWire(executable)
  const off = [
    FuseV1Options.RunAsNode,
    FuseV1Options.EnableNodeOptionsEnvironmentVariable,
    FuseV1Options.EnableNodeCliInspectArguments,
    FuseV1Options.GrantFileProtocolExtraPrivileges,
  ]
  const on = [
    FuseV1Options.EnableCookieEncryption,
    FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
    FuseV1Options.OnlyLoadAppFromAsar,
  ]
  expect(off.map((fuse) => wire[fuse])).toEqual(off.map(() => FuseState.DISABLE))
  expect(on.map((fuse) => wire[fuse])).toEqual(on.map(() => FuseState.ENABLE))
})
