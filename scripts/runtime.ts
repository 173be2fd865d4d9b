import { resolveRuntime } from './runtime/resolve-runtime.ts'
import { runScript } from './runtime/run-script.ts'

/** `npm run --silent runtime`: one JSON line, what to spawn to open the built app. */
await runScript(async () => {
  process.stdout.write(`${JSON.stringify(await resolveRuntime())}\n`)
  return 0
})
