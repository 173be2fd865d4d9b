import type { SafeStorage } from 'electron'
import type { Keychain } from './keychain.ts'

/**
 * Electron's safeStorage as a keychain; ask it only after the app's `ready`. On Linux Chromium falls back to a
 * password that is written in its source (`basic_text`), which protects nothing.
 */
export function electronKeychain(
  safeStorage: Pick<
    SafeStorage,
    'isEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptString' | 'decryptString'
  >,
  platform: NodeJS.Platform,
): Keychain {
  return {
    available: () => safeStorage.isEncryptionAvailable() && (platform !== 'linux' || hasRealBackend()),
    encrypt: (text) => safeStorage.encryptString(text),
    decrypt: (encrypted) => safeStorage.decryptString(encrypted),
  }

  function hasRealBackend(): boolean {
    return !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())
  }
}
