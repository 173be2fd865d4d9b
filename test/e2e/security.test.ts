import type { ElectronApplication, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { launchApp, type RunningApp } from '../support/app.ts'

interface Answer {
  kind: string
  id: number
  output?: unknown
  error?: { code: string; message: string }
}

/** Electron has this, its types do not. */
interface WithPreferences {
  getLastWebPreferences(): unknown
}

/** Calls main as any script on the page could: by the bridge, with a message of its own. */
function callMain(page: Page, message: unknown, id: number | null = null): Promise<Answer> {
  return page.evaluate(
    ([sent, ours]) =>
      new Promise<Answer>((resolve) => {
        const { haoka } = window as unknown as {
          haoka: { send(m: unknown): void; onMessage(l: (a: Answer) => void): void }
        }
        haoka.onMessage((answer) => {
          // The page's own calls are answered on the same channel.
          if (ours !== null && answer.id !== ours) return
          if (answer.kind === 'result' || answer.kind === 'failure') resolve(answer)
        })
        haoka.send(sent)
      }),
    [message, id] as const,
  )
}

/** Far beyond what the page itself has counted to. */
const ourId = 7_001

function call(page: Page, route: string, input: unknown = {}): Promise<Answer> {
  return callMain(page, { kind: 'call', id: ourId, route, input }, ourId)
}

/** Opens another window with our preload, as malware inside main's own page list would, and calls from it. */
function callFromForeignWindow(electron: ElectronApplication, url: string): Promise<Answer> {
  return electron.evaluate(async ({ app, BrowserWindow }, address) => {
    const preload = `${app.getAppPath()}/out/preload/index.cjs`
    const foreign = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
    await foreign.loadURL(address)
    const answer: unknown = await foreign.webContents.executeJavaScript(
      `(async () => {
        // Our own page listens too once its app has come: whoever listens last hears.
        while (document.querySelector('#app') !== null && document.querySelector('#app > *') === null)
          await new Promise((resolve) => setTimeout(resolve, 20))
        return new Promise((resolve) => {
          haoka.onMessage((answer) => answer.id === 7 && resolve(answer))
          haoka.send({ kind: 'call', id: 7, route: 'accounts.list', input: {} })
        })
      })()`,
    )
    foreign.destroy()
    return answer as Answer
  }, url)
}

async function windowCount({ electron }: RunningApp): Promise<number> {
  return electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
}

describe('the page', () => {
  it('is sandboxed and has nothing of Node or Electron', async () => {
    const { page, electron } = await launchApp()
    const found = await page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron'].filter((name) => name in window),
    )
    expect(found).toEqual([])
    expect(await page.evaluate(() => Object.keys(window.haoka).toSorted())).toEqual(['onMessage', 'send'])
    const preferences = await electron.evaluate(({ BrowserWindow }) => {
      const own = BrowserWindow.getAllWindows()[0]?.webContents as unknown as WithPreferences
      return own.getLastWebPreferences()
    })
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      allowRunningInsecureContent: false,
    })
  })

  it('cannot navigate anywhere', async () => {
    const { page, find } = await launchApp()
    await find('welcome-practice').waitFor()
    const before = page.url()
    expect(before).toMatch(/^app:\/\/bundle\//)
    const link = (href: string): string =>
      `const a = document.createElement('a'); a.href = '${href}'; document.body.append(a); a.click()`
    for (const script of [
      "location.href = 'https://example.com/'",
      "location.href = 'file:///etc/passwd'",
      "location.href = 'app://other/index.html'",
      "location.href = 'data:text/html,x'",
      "location.assign('http://127.0.0.1:9/')",
      link('https://example.com/'),
      link('app://bundle/other.html'),
      "const f = document.createElement('form'); f.action = 'https://example.com/'; document.body.append(f); f.submit()",
    ]) {
      await page.evaluate(script)
      await page.waitForTimeout(250)
      expect(page.url(), script).toBe(before)
      expect(await page.evaluate(() => document.querySelector('#app') !== null), script).toBe(true)
    }
  })

  it('cannot open a window', async () => {
    const app = await launchApp()
    const opened = await app.page.evaluate(() => [
      window.open('https://example.com/') === null,
      window.open('app://bundle/') === null,
      window.open('about:blank', '_blank', 'nodeIntegration=1') === null,
    ])
    await app.page.evaluate(
      "const a = document.createElement('a'); a.href = 'https://example.com/'; a.target = '_blank'; document.body.append(a); a.click()",
    )
    await app.page.waitForTimeout(500)
    expect(opened).toEqual([true, true, true])
    expect(await windowCount(app)).toBe(1)
  })

  it('gets no permission and no download', async () => {
    const { page } = await launchApp()
    const answers = await page.evaluate(async () => {
      const refused = async (ask: () => Promise<unknown>): Promise<boolean> =>
        ask().then(
          () => false,
          () => true,
        )
      return {
        geolocation: (await navigator.permissions.query({ name: 'geolocation' })).state,
        notifications: await Notification.requestPermission(),
        camera: await refused(() => navigator.mediaDevices.getUserMedia({ video: true })),
        screen: await refused(() => navigator.mediaDevices.getDisplayMedia()),
        clipboard: await refused(() => navigator.clipboard.readText()),
      }
    })
    expect(answers).toEqual({
      geolocation: 'denied',
      notifications: 'denied',
      camera: true,
      screen: true,
      clipboard: true,
    })
  })
})

describe('the border to main', () => {
  it('knows one channel, the routes of the contract, and no other message', async () => {
    const { page, electron } = await launchApp()
    // The first write opens the settings file, and whatever channel its library has.
    expect(await call(page, 'settings.set', { theme: 'dark' })).toMatchObject({ kind: 'result' })
    const channels = await electron.evaluate(({ ipcMain }) => ({
      invoked: [...(Reflect.get(ipcMain, '_invokeHandlers') as Map<string, unknown>).keys()],
      listened: ipcMain
        .eventNames()
        .map(String)
        .filter((name) => name !== 'error'),
    }))
    expect(channels).toEqual({ invoked: ['rpc'], listened: [] })
    for (const route of ['accounts.secrets', '__proto__', 'constructor', 'toString', 'vault.databaseKey', ''])
      expect(await call(page, route), route).toMatchObject({ kind: 'failure', error: { code: 'noSuchRoute' } })
    expect(await call(page, 'app.copy', { text: 1 })).toMatchObject({ error: { code: 'invalidInput' } })
    expect(await call(page, 'accounts.list', { extra: 1 })).toMatchObject({ error: { code: 'invalidInput' } })
    for (const message of [
      null,
      'call',
      {},
      { kind: 'event', id: 1 },
      { kind: 'call', id: -1, route: 'accounts.list' },
    ])
      expect(await callMain(page, message)).toMatchObject({ kind: 'failure', error: { code: 'invalidInput' } })
  })

  it('refuses a window of another owner, whatever it shows', async () => {
    const { electron, page } = await launchApp()
    for (const url of ['data:text/html,<p>hello</p>', 'app://bundle/', 'about:blank'])
      expect(await callFromForeignWindow(electron, url), url).toMatchObject({
        kind: 'failure',
        id: 7,
        error: { code: 'senderNotAllowed' },
      })
    expect(await call(page, 'accounts.list')).toMatchObject({ kind: 'result' })
  })

  it('gives a frame no bridge, and lets no frame of the web load', async () => {
    const { page } = await launchApp()
    const frames = await page.evaluate(async () => {
      const found: Record<string, boolean> = {}
      for (const [name, attribute, value] of [
        ['srcdoc', 'srcdoc', '<p>inside</p>'],
        ['web', 'src', 'https://example.com/'],
        ['own', 'src', 'app://bundle/'],
      ] as const) {
        const frame = document.createElement('iframe')
        frame.setAttribute(attribute, value)
        document.body.append(frame)
        await new Promise((resolve) => setTimeout(resolve, 300))
        let bridge = false
        try {
          bridge = frame.contentWindow !== null && 'haoka' in frame.contentWindow
        } catch {
          // A page that was blocked is of another origin and cannot even be looked at.
        }
        found[name] = bridge
      }
      return found
    })
    expect(frames).toEqual({ srcdoc: false, web: false, own: false })
    expect(
      page
        .frames()
        .map((frame) => frame.url())
        .filter((url) => url.startsWith('https:')),
    ).toEqual([])
  })

  it('opens only the addresses of its own list, and copies through main', async () => {
    const { page, electron } = await launchApp()
    await electron.evaluate(({ shell }) => {
      const opened: string[] = []
      Object.assign(globalThis, { opened })
      shell.openExternal = async (url) => void opened.push(url)
      shell.openPath = async (path) => String(opened.push(path))
    })
    for (const link of ['consoleKeys', 'apiPage', 'dataFolder'])
      expect(await call(page, 'app.openLink', { link }), link).toMatchObject({ kind: 'result' })
    for (const link of ['https://example.com/', 'file:///etc/passwd', '__proto__'])
      expect(await call(page, 'app.openLink', { link }), link).toMatchObject({ error: { code: 'invalidInput' } })
    expect(await electron.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)).toEqual([
      'https://api.bjjii.com/user/key',
      'https://api.bjjii.com/',
      await electron.evaluate(({ app }) => app.getPath('userData')),
    ])
    await call(page, 'app.copy', { text: '单号 0012' })
    expect(await electron.evaluate(({ clipboard }) => clipboard.readText())).toBe('单号 0012')
  })

  it('never hands out a secret that was set', async () => {
    const { page } = await launchApp({ env: { HAOKA_PASSPHRASE: 'a passphrase for tests' } })
    const secret = 'SECRET-4f1d9c'
    const names = ['key', 'password', 'token', 'sk', 'apiToken', 'apiPwd']
    const settings = {
      label: '测试店',
      types: ['own'],
      gateway: '',
      method: 'GET',
      timeoutMs: 60_000,
      name: 'login',
      apiUser: '',
      sharedWithOthers: false,
    }
    const saved = await call(page, 'accounts.save', {
      settings,
      secrets: Object.fromEntries(names.map((name) => [name, `${secret}-${name}`])),
    })
    expect(saved).toMatchObject({ kind: 'result', output: { secrets: { key: true, sk: true, apiPwd: true } } })
    const answers = [saved]
    for (const route of ['accounts.list', 'settings.get', 'vault.state', 'app.info', 'app.notices'])
      answers.push(await call(page, route))
    expect(JSON.stringify(answers)).not.toContain(secret)
    expect(await page.content()).not.toContain(secret)
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain(secret)
  })
})

describe("the page's policy", () => {
  it('comes with every document, with a nonce of its own, and serves nothing beside the bundle', async () => {
    const { electron } = await launchApp()
    const replies = await electron.evaluate(async ({ session }) => {
      const ask = async (path: string) => {
        const reply = await session.defaultSession.fetch(`app://bundle/${path}`)
        return { status: reply.status, policy: reply.headers.get('content-security-policy'), text: await reply.text() }
      }
      return { first: await ask(''), second: await ask(''), outside: await ask('..%2fmain%2findex.js') }
    })
    const nonce = (policy: string | null): string => /'nonce-([^']+)'/.exec(policy ?? '')?.[1] ?? ''
    expect(replies.first.policy).toMatch(
      /^default-src 'none'; script-src 'self'; style-src-elem 'self' 'nonce-[^']{20,}'/,
    )
    expect(nonce(replies.first.policy)).not.toBe(nonce(replies.second.policy))
    expect(replies.first.text).toContain(nonce(replies.first.policy))
    expect(replies.first.text).not.toContain('HAOKA-CSP-NONCE')
    expect(replies.outside).toMatchObject({ status: 404, text: '' })
  })

  it('stops inline scripts, eval and the network', async () => {
    const { page } = await launchApp()
    const outcome = await page.evaluate(async () => {
      const script = document.createElement('script')
      script.textContent = 'window.injected = true'
      document.body.append(script)
      const refused = (ask: () => unknown): boolean => {
        try {
          ask()
          return false
        } catch {
          return true
        }
      }
      const image = document.createElement('img')
      document.body.append(image)
      const imageFailed = new Promise<boolean>((resolve) => {
        image.addEventListener('error', () => resolve(true))
        image.addEventListener('load', () => resolve(false))
      })
      image.src = 'https://example.com/x.png'
      return {
        injected: 'injected' in window,
        // In a task of its own: what a test driver evaluates is exempt.
        evalRefused: await new Promise((resolve) =>
          setTimeout(() => resolve(refused(() => new Function('return 1')()))),
        ),
        fetchRefused: await fetch('https://example.com/').then(
          () => false,
          () => true,
        ),
        imageFailed: await imageFailed,
      }
    })
    expect(outcome).toEqual({ injected: false, evalRefused: true, fetchRefused: true, imageFailed: true })
  })

  it('is broken by no page of the app', async () => {
    const app = await launchApp()
    const violations: string[] = []
    app.page.on('console', (message) => {
      if (/Content.Security.Policy|Refused to/i.test(message.text())) violations.push(message.text())
    })
    await app.page.addInitScript(() => {
      const seen: string[] = []
      Object.assign(window, { violations: seen })
      document.addEventListener('securitypolicyviolation', (event) =>
        seen.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`),
      )
    })
    await app.page.reload()
    await app.find('welcome-practice').click()
    const names = ['sync', 'accounts', 'settings', 'mapping', 'receiver', 'changes', 'statistics', 'orders']
    for (const page of names.map((name) => `nav-${name}`)) {
      await app.find(page).click()
      await app.page.waitForTimeout(400)
    }
    expect(await app.page.evaluate(() => (window as unknown as { violations: string[] }).violations)).toEqual([])
    expect(violations).toEqual([])
  })
})
