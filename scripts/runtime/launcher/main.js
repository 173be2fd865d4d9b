// Stands in for Electron's default_app in a runtime that has none: opens the app folder named on the command line.
// An ES module with a top-level import, so that the app's main runs before 'ready' and can still register schemes.
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

const folder = process.argv
  .slice(1)
  .filter((argument) => !argument.startsWith('-'))
  .map((argument) => resolve(argument))
  .find((argument) => existsSync(join(argument, 'package.json')))

/** Playwright starts Electron with these two, and with no others of the kind. */
const driven = ['--inspect=0', '--remote-debugging-port=0'].every((argument) => process.argv.includes(argument))

if (folder === undefined) {
  process.stderr.write('No app folder among the arguments.\n')
  app.exit(1)
} else {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  process.defaultApp = true
  app.setAppPath(folder)
  app.setName(manifest.productName ?? manifest.name)
  app.setVersion(manifest.version)
  if (driven) await import('./hold-ready.cjs')
  await import(pathToFileURL(join(folder, manifest.main)).href)
}
