import { buildApp } from './runtime/build-app.ts'

/** `npm run build`: builds the app into out/ when what it is built from has changed. */
await buildApp()
