import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stages } from '#domain/vocabulary.ts'
import { secretNames, type Account } from '#shared/contract/accounts.ts'
import type { WindowRoutes } from '#shared/contract/index.ts'
import type { OrderCounts, OrderRow } from '#shared/contract/orders.ts'
import { todoRules } from '#shared/contract/orders.ts'
import type { Settings } from '#shared/contract/settings.ts'
import type { OutputOf } from '#shared/rpc/route.ts'
import { SettingsService } from '#main/settings/settings-service.ts'
import { clearableHeap } from '#main/window/clear-pages.ts'
import { projectFolder } from '../runtime/project.ts'
import type { Runtime } from '../runtime/resolve-runtime.ts'
import { accountId } from './bench-database.ts'

const emptyMain = `import { app, BrowserWindow } from 'electron'
app.whenReady().then(() => new BrowserWindow({ width: 1200, height: 800 }).loadFile('index.html'))`

/** An Electron window with one word in it. */
export function emptyWindow(runtime: Runtime, folder: string): Runtime {
  return instead(runtime, folder, { 'main.js': emptyMain, 'index.html': '<!doctype html><p>empty</p>' })
}

/**
 * The app's own page in a bare window, answered at once from rows in memory: no main, no database, no process border.
 * Its engine clears its heap as the app's does.
 */
export function inMemoryWindow(runtime: Runtime, folder: string, rows: readonly OrderRow[]): Runtime {
  const page = join(projectFolder, 'out', 'renderer', 'index.html')
  const main = `import { app, BrowserWindow } from 'electron'
import { join } from 'node:path'
app.commandLine.appendSwitch(...${JSON.stringify(clearableHeap)})
app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 800, webPreferences:
  { preload: join(import.meta.dirname, 'answers.cjs'), contextIsolation: false, sandbox: false } })
  .loadFile(${JSON.stringify(page)}))`
  const preload = `const rows = ${JSON.stringify(rows)}
const answers = ${JSON.stringify(answers(rows.length))}
let tell = () => undefined
window.haoka = {
  onMessage: (listener) => { tell = listener },
  send: ({ kind, id, route, input }) => {
    if (kind !== 'call') return
    const output = route === 'orders.window'
      ? { rows: rows.slice(input.start, input.start + input.count), total: rows.length, complete: true, revision: 1 }
      : answers[route]
    queueMicrotask(() => tell(output === undefined
      ? { kind: 'failure', id, error: { code: 'internal', message: route, data: {} } }
      : { kind: 'result', id, output }))
  },
}`
  return instead(runtime, folder, { 'main.js': main, 'answers.cjs': preload })
}

/** The same runtime on an app of these files; `parent`: where its folder is made, to go with it. */
function instead(runtime: Runtime, parent: string, files: Readonly<Record<string, string>>): Runtime {
  const folder = mkdtempSync(join(parent, 'peer-'))
  writeFileSync(join(folder, 'package.json'), '{"name":"peer","version":"0.0.0","type":"module","main":"main.js"}')
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return { ...runtime, args: runtime.args.map((argument) => (argument === projectFolder ? folder : argument)) }
}

type Answers = { [Name in keyof WindowRoutes]?: OutputOf<WindowRoutes[Name]> }

/** A window with one account and nothing under way. */
function answers(total: number): Answers {
  const none = Object.fromEntries(stages.map((stage) => [stage, 0])) as OrderCounts['stages']
  return {
    'settings.get': defaults(),
    'accounts.list': [
      {
        id: accountId,
        label: 'bench',
        types: ['own'],
        gateway: '',
        method: 'GET',
        timeoutMs: 60_000,
        name: '',
        apiUser: '',
        sharedWithOthers: false,
        practice: true,
        createdAt: 0,
        secrets: Object.fromEntries(secretNames.map((name) => [name, false])) as Account['secrets'],
      },
    ],
    'app.info': { version: '0', electron: '0', dataFolder: '/', practiceProfile: false, syncAtStart: false },
    'app.notices': [],
    'vault.state': {
      keychainAvailable: true,
      protection: 'keychain',
      locked: false,
      needs: 'nothing',
      secretsThisRunOnly: false,
      recoveryCodeSeen: true,
    },
    'orders.counts': { own: total, distributor: 0, stages: { ...none, shipped: total }, total },
    'views.counts': {
      builtIn: Object.fromEntries(todoRules.map((rule) => [rule, 0])) as OutputOf<
        WindowRoutes['views.counts']
      >['builtIn'],
      saved: [],
      complete: true,
      revision: 1,
    },
  }
}

function defaults(): Settings {
  const store = { read: () => ({ version: 1, settings: {}, accounts: [] }) } as never
  return new SettingsService(store, 'zh-CN').get()
}
