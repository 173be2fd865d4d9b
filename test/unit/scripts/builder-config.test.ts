import { describe, expect, it } from 'vitest'
import { builderConfig, type Ingredients } from '../../../scripts/package/builder-config.ts'

const declared: Ingredients = { electronDist: null, electronVersion: '45.4.1', carriedNode: null, icons: '/icons' }
const fallback: Ingredients = {
  electronDist: '/runtime',
  electronVersion: '33.2.1',
  carriedNode: '/bin/node',
  icons: '/icons',
}

describe('a package with the declared Electron', () => {
  it('carries no Node', () => expect(builderConfig(declared).extraResources).toEqual([]))
  it('lets electron-builder fetch that Electron', () => {
    expect(builderConfig(declared)).not.toHaveProperty('electronDist')
    expect(builderConfig(declared).electronVersion).toBe('45.4.1')
  })
})

it('carries Node as its own resource on a runtime whose Node-API is too old', () => {
  expect(builderConfig(fallback).extraResources).toEqual([{ from: '/bin/node', to: 'node' }])
  expect(builderConfig(fallback).electronDist).toBe('/runtime')
})

it('has an installer for every platform', () => {
  const { win, mac, linux } = builderConfig(declared)
  expect([win?.target, mac?.target, linux?.target]).toEqual([['nsis'], ['dmg'], ['AppImage', 'deb']])
  expect([win?.icon, mac?.icon, linux?.icon]).toEqual(['/icons/icon.ico', '/icons/icon.icns', '/icons/icons'])
})

it('closes every door that a fuse can close', () => {
  expect(builderConfig(declared).electronFuses).toEqual({
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableCookieEncryption: true,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  })
})

it('unpacks what a plain Node must read, and packs no development Node', () => {
  const { asarUnpack, files } = builderConfig(declared)
  expect(asarUnpack).toContain('out/main/database.js')
  expect(asarUnpack).toContain('node_modules/better-sqlite3-multiple-ciphers/**')
  expect(asarUnpack).not.toContain('out/main/index.js')
  expect(files).toContain('!node_modules/node-*/**')
})
