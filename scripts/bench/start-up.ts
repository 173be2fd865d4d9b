import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron } from 'playwright-core'
import type { Runtime } from '../runtime/resolve-runtime.ts'
import { projectFolder } from '../runtime/project.ts'
import { compared, median, type Figure } from './figure.ts'

const rounds = 5

const emptyMain = `import { app, BrowserWindow } from 'electron'
app.whenReady().then(() => new BrowserWindow({ width: 1200, height: 800 }).loadFile('index.html'))`

/** From the start of the process to the first contentful paint: the app beside a window with one word in it. */
export async function startUp(runtime: Runtime): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), 'haoka-empty-'))
  writeFileSync(join(folder, 'package.json'), '{"name":"empty","version":"0.0.0","type":"module","main":"main.js"}')
  writeFileSync(join(folder, 'main.js'), emptyMain)
  writeFileSync(join(folder, 'index.html'), '<!doctype html><p>empty</p>')
  const empty = { ...runtime, args: runtime.args.map((argument) => (argument === projectFolder ? folder : argument)) }
  const [app, peer]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round += 1) {
    peer.push(await firstPaint(empty))
    app.push(await firstPaint(runtime))
  }
  rmSync(folder, { recursive: true, force: true })
  const figure = { name: 'start to first paint', value: median(app), unit: 'ms' }
  return compared({ ...figure, peer: 'empty Electron window', peerValue: median(peer) })
}

async function firstPaint(runtime: Runtime): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'haoka-start-'))
  const startedAt = Date.now()
  const electron = await _electron.launch({
    executablePath: runtime.executable,
    args: [...runtime.args, '--data-dir', dataDir, `--user-data-dir=${dataDir}`],
    env: { ...(process.env as Record<string, string>), ...runtime.env },
  })
  const page = await electron.firstWindow()
  const paintedAt = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const painted = new PerformanceObserver((list) => {
          const entry = list.getEntriesByName('first-contentful-paint')[0]
          if (entry !== undefined) resolve(performance.timeOrigin + entry.startTime)
        })
        painted.observe({ type: 'paint', buffered: true })
      }),
  )
  await electron.close()
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  return paintedAt - startedAt
}
