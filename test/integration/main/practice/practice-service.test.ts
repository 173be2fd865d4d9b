import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { PracticeService } from '#main/practice/practice-service.ts'
import { launchNode } from '#main/processes/node-launcher.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const gatewayScript = path.resolve('src/practice/main.ts')
const services: PracticeService[] = []

function practiceIn(dataFolder: string, script = gatewayScript) {
  const pids: (number | undefined)[] = []
  const service = new PracticeService({
    dataFolder,
    launch: async (args) => {
      const child = launchNode<never, unknown>(script, args, { name: 'practice', log: () => undefined })
      pids.push(child.pid)
      return child
    },
  })
  services.push(service)
  return { service, pids, stateFile: path.join(dataFolder, 'practice', 'gateway.json') }
}

function practiceTime(stateFile: string): number {
  const state = JSON.parse(readFileSync(stateFile, 'utf8')) as { clock: { practiceMs: number } }
  return state.clock.practiceMs
}

function isRunning(pid: number | undefined): boolean {
  try {
    return process.kill(pid ?? Number.NaN, 0)
  } catch {
    return false
  }
}

afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.stop()))
})

describe('the practice gateway in the app', () => {
  it('starts once, on loopback, with everything an account needs', async () => {
    const { service, pids } = practiceIn(temporaryFolder())
    const [first, second] = await Promise.all([service.start(), service.start()])
    expect(first).toEqual(second)
    expect(first.gateway).toMatch(/^http:\/\/127\.0\.0\.1:\d+\//)
    expect(first).toMatchObject({ key: expect.stringMatching(/./), token: expect.stringMatching(/./) })
    expect(pids).toHaveLength(1)
    const reply = await fetch(first.gateway)
    expect(await reply.json()).toHaveProperty('code')
  })

  it('keeps its state in the data folder, closed to others', async () => {
    const dataFolder = temporaryFolder()
    const { service, stateFile } = practiceIn(dataFolder)
    await service.start()
    expect(existsSync(stateFile)).toBe(true)
    if (process.platform !== 'win32') expect(statSync(path.dirname(stateFile)).mode & 0o077).toBe(0)
  })

  it('lets its time jump, and lives on where it was after a restart', async () => {
    const { service, stateFile } = practiceIn(temporaryFolder())
    const before = await service.start()
    const started = practiceTime(stateFile)
    await service.advance(48)
    expect(practiceTime(stateFile) - started).toBeGreaterThanOrEqual(48 * 3_600_000)
    const advanced = practiceTime(stateFile)
    await service.stop()
    const after = await service.start()
    expect(practiceTime(stateFile)).toBeGreaterThanOrEqual(advanced)
    expect({ ...after, gateway: '' }).toEqual({ ...before, gateway: '' })
  })

  it('ends its process when it is stopped, and stopping twice is no error', async () => {
    const { service, pids } = practiceIn(temporaryFolder())
    await service.start()
    expect(isRunning(pids[0])).toBe(true)
    await service.stop()
    expect(isRunning(pids[0])).toBe(false)
    await service.stop()
  })

  it('is started anew at the next need when its process died', async () => {
    const { service, pids } = practiceIn(temporaryFolder())
    await service.start()
    process.kill(pids[0] ?? Number.NaN, 'SIGKILL')
    await expect.poll(async () => (await service.start(), pids.length), { timeout: 10_000 }).toBe(2)
    await service.advance(1)
  })

  it('removes its world, and only that', async () => {
    const dataFolder = temporaryFolder()
    writeFileSync(path.join(dataFolder, 'orders.db'), 'real')
    const { service, pids, stateFile } = practiceIn(dataFolder)
    await service.start()
    await service.remove()
    expect(isRunning(pids[0])).toBe(false)
    expect(existsSync(path.dirname(stateFile))).toBe(false)
    expect(existsSync(path.join(dataFolder, 'orders.db'))).toBe(true)
  })

  it.each([
    ['ends at once', 'process.exit(3)'],
    ['cannot start', "process.send({ kind: 'failed', message: 'no port' }); setTimeout(() => process.exit(1), 100)"],
    ['says something unknown', "process.send({ kind: 'ready' })"],
  ])('says processGone when it %s, and tries again the next time', async (_title, code) => {
    const folder = temporaryFolder()
    const script = path.join(folder, 'gateway.mjs')
    writeFileSync(script, code)
    const { service, pids } = practiceIn(folder, script)
    await expect(service.start()).rejects.toMatchObject({ code: 'processGone' })
    await expect(service.start()).rejects.toMatchObject({ code: 'processGone' })
    expect(pids).toHaveLength(2)
  })
})
