import { buildApp } from './runtime/build-app.ts'
import { runScript } from './runtime/run-script.ts'

/** `npm run build`: builds the app into out/ when what it is built from has changed. */
await runScript(async () => {
  await buildApp()
  return 0
})
