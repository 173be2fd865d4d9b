import type { Page } from 'playwright-core'
import type { Runtime } from '../runtime/resolve-runtime.ts'
import { startVirtualDisplay } from '../runtime/virtual-display.ts'
import { devtoolsPage, devtoolsSwitch } from './devtools-page.ts'
import { languageSwitches } from './language.ts'
import { exitOf, startApp } from './run-app.ts'

/** Opens the app on a virtual display of its own, lets `work` see its window, and ends both. Throws what `work` throws. */
export async function inWindow<Answer>(
  runtime: Runtime,
  args: readonly string[],
  work: (page: Page) => Promise<Answer>,
): Promise<Answer> {
  const display = await startVirtualDisplay()
  try {
    const app = startApp(runtime, [devtoolsSwitch, ...languageSwitches(), ...args], {
      env: { DISPLAY: display.name },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const ended = exitOf(app)
    try {
      if (app.stderr === null) throw new Error('the app has no stderr')
      return await work(await devtoolsPage(app.stderr))
    } finally {
      app.kill('SIGTERM')
      await ended
    }
  } finally {
    await display.stop()
  }
}
