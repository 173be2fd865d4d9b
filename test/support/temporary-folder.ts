import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A fresh folder that goes when the test that asked for it ends; a killed app's last writes are waited for. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'haoka-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }))
  return folder
}
