import { expect, it } from 'vitest'
import { fallbackAvailable, keptPath } from '../../../scripts/runtime/fallback-electron.ts'

it.each([
  ['Cypress/Cypress', 'electron'],
  ['Cypress/libffmpeg.so', 'libffmpeg.so'],
  ['Cypress/locales/zh-CN.pak', 'locales/zh-CN.pak'],
  ['Cypress/resources/', 'resources/'],
])('keeps %s as %s', (entry, path) => expect(keptPath(entry)).toBe(path))

it.each([
  'Cypress/',
  'Cypress/resources/app/package.json',
  'Cypress/resources/app/node_modules/electron/index.js',
  'Cypress/resources/app-update.yml',
  'Cypress/browser_v8_context_snapshot.bin',
  'elsewhere/file',
])('leaves %s out', (entry) => expect(keptPath(entry)).toBeNull())

it.each([
  ['linux', 'x64', true],
  ['linux', 'arm64', false],
  ['darwin', 'arm64', false],
  ['win32', 'x64', false],
] as const)('on %s %s the fallback is there: %s', (platform, arch, there) => {
  expect(fallbackAvailable(platform, arch)).toBe(there)
})
