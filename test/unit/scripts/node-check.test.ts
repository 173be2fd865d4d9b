import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'

function checkAs(version: string): { status: number | null; stderr: string } {
  const pretend = `Object.defineProperty(process, 'versions', { value: { node: '${version}' } })`
  const script = `${pretend}; require('./scripts/node-check.cjs')`
  return spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' })
}

it.each(['0.12.18', '18.20.4', '20.20.2', '22.17.1'])('stops Node %s with one clear sentence', (version) => {
  const { status, stderr } = checkAs(version)
  expect(status).toBe(1)
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect(stderr).toContain(version)
  expect(stderr).toContain('install Node.js 24')
})

it.each(['22.18.0', '23.0.0', '24.21.0', '26.1.0'])('lets Node %s through without a word', (version) => {
  expect(checkAs(version)).toMatchObject({ status: 0, stderr: '' })
})
