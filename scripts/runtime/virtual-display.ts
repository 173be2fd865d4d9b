import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'

export interface VirtualDisplay {
  /** For DISPLAY, as `:7`. */
  readonly name: string
  stop(): Promise<void>
}

/** True where windows can be opened on a real (or the caller's own virtual) display. */
export function hasDisplay(environment: NodeJS.ProcessEnv = process.env): boolean {
  if (process.platform !== 'linux') return true
  return Boolean(environment['DISPLAY'] || environment['WAYLAND_DISPLAY'])
}

/** Starts Xvfb on a free number, in this process's own group. Rejects when it does not come up. */
export function startVirtualDisplay(size = '1920x1080'): Promise<VirtualDisplay> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', `${size}x24`, '-nolisten', 'tcp', '-noreset'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => {
    server.on('close', () => resolve())
  })
  // A process that ends without stop() must not leave its display behind.
  const kill = (): void => void server.kill('SIGKILL')
  process.once('exit', kill)
  return new Promise((resolve, reject) => {
    server.on('error', reject)
    server.on('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)))
    let text = ''
    const number = server.stdio[3] as Readable
    number.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (!text.endsWith('\n')) return
      resolve({
        name: `:${text.trim()}`,
        async stop() {
          process.removeListener('exit', kill)
          server.kill('SIGTERM')
          await ended
        },
      })
    })
  })
}
