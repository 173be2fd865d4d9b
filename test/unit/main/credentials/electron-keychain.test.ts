import { describe, expect, it } from 'vitest'
import { electronKeychain } from '#main/credentials/electron-keychain.ts'

type Backend = 'basic_text' | 'gnome_libsecret' | 'kwallet' | 'kwallet5' | 'kwallet6' | 'unknown'

/** safeStorage as Chromium answers on such a computer. */
function storage(available: boolean, backend: Backend) {
  return {
    isEncryptionAvailable: () => available,
    getSelectedStorageBackend: () => backend,
    encryptString: (text: string) => Buffer.from(text),
    decryptString: (bytes: Buffer) => bytes.toString(),
  }
}

describe("Electron's keychain", () => {
  it.each<[NodeJS.Platform, boolean, Backend, boolean]>([
    ['linux', true, 'gnome_libsecret', true],
    ['linux', true, 'kwallet6', true],
    ['linux', true, 'basic_text', false],
    ['linux', true, 'unknown', false],
    ['linux', false, 'gnome_libsecret', false],
    ['win32', true, 'unknown', true],
    ['win32', false, 'unknown', false],
    ['darwin', true, 'unknown', true],
  ])('on %s, available %s and backend %s: counts as %s', (platform, available, backend, expected) => {
    expect(electronKeychain(storage(available, backend), platform).available()).toBe(expected)
  })
})
