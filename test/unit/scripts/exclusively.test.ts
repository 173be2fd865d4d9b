import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { exclusively } from '../../../scripts/runtime/exclusively.ts'

const module = join(import.meta.dirname, '../../../scripts/runtime/exclusively.ts')

function lockFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'haoka-lock-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'deep', 'work.lock')
}

/** Another process that says `in`, then `out` after `holdMs`, while it holds the lock. */
function holder(file: string, holdMs: number): ReturnType<typeof spawn> {
  const work = `async () => { console.log('in'); await new Promise((r) => setTimeout(r, ${holdMs})); console.log('out') }`
  const script = `import { exclusively } from ${JSON.stringify(module)}; await exclusively(${JSON.stringify(file)}, ${work})`
  return spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
}

it('waits for another process that does the same work', async () => {
  const file = lockFile()
  const other = holder(file, 500)
  let heard = ''
  other.stdout?.on('data', (chunk: Buffer) => (heard += chunk.toString()))
  await once(other.stdout!, 'data')
  const ended = once(other, 'close')
  // The lock's own wait blocks this thread, so the other's last word is read once it is over.
  await exclusively(file, () => Promise.resolve())
  await ended
  expect(heard).toBe('in\nout\n')
})

it('is free again as soon as its holder was killed', async () => {
  const file = lockFile()
  const other = holder(file, 600_000)
  await once(other.stdout!, 'data')
  other.kill('SIGKILL')
  await once(other, 'close')
  expect(await exclusively(file, () => Promise.resolve('mine'))).toBe('mine')
})

it('is free again after work that failed', async () => {
  const file = lockFile()
  await expect(exclusively(file, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(await exclusively(file, () => Promise.resolve('mine'))).toBe('mine')
})
