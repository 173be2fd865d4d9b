import { describe, expect, it } from 'vitest'
import { Parts, type Part } from '#main/parts.ts'

function recorder() {
  const happened: string[] = []
  const part = (name: string, fails = false): Part => ({
    name,
    start: async () => void happened.push(`start ${name}`),
    stop: async () => {
      happened.push(`stop ${name}`)
      if (fails) throw new Error(`${name} is stuck`)
    },
  })
  const errors: string[] = []
  const log = { info: () => undefined, warn: () => undefined, error: (message: string) => void errors.push(message) }
  return { happened, part, errors, parts: new Parts(log) }
}

describe('the parts of the app', () => {
  it('start in their order and stop in the reverse one', async () => {
    const { parts, part, happened } = recorder()
    await parts.start([part('a'), part('b'), part('c')])
    await parts.stop()
    expect(happened).toEqual(['start a', 'start b', 'start c', 'stop c', 'stop b', 'stop a'])
  })

  it('all stop, though one of them fails to, and it is told', async () => {
    const { parts, part, happened, errors } = recorder()
    await parts.start([part('a'), part('b', true), part('c')])
    await parts.stop()
    expect(happened.slice(3)).toEqual(['stop c', 'stop b', 'stop a'])
    expect(errors).toEqual(['b did not stop cleanly'])
  })

  it('stop once', async () => {
    const { parts, part, happened } = recorder()
    await parts.start([part('a')])
    await Promise.all([parts.stop(), parts.stop()])
    expect(happened).toEqual(['start a', 'stop a'])
  })

  it('stop as far as they had started when one does not start', async () => {
    const { parts, part, happened } = recorder()
    const broken: Part = { ...part('b'), start: () => Promise.reject(new Error('no')) }
    await expect(parts.start([part('a'), broken, part('c')])).rejects.toThrow('no')
    await parts.stop()
    expect(happened).toEqual(['start a', 'stop b', 'stop a'])
  })
})
