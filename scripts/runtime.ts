import { resolveRuntime } from './runtime/resolve-runtime.ts'
import { say } from './runtime/project.ts'

/** `npm run --silent runtime`: one JSON line, what to spawn to open the built app. */
try {
  process.stdout.write(`${JSON.stringify(await resolveRuntime())}\n`)
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
