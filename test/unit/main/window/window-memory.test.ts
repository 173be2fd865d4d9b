import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { WindowMemory } from '#main/window/window-memory.ts'

const never = (error: unknown): never => {
  throw error
}

describe("the window's memory", () => {
  let file: string
  beforeEach(() => {
    file = path.join(mkdtempSync(path.join(tmpdir(), 'haoka-window-')), 'window.json')
  })

  it('remembers from one run to the next, part by part', () => {
    const memory = new WindowMemory(file, never)
    memory.remember({ bounds: { x: 1, y: 2, width: 1_200, height: 700 }, maximized: true })
    memory.remember({ exportFolder: '/exports' })
    expect(new WindowMemory(file, never).get()).toEqual({
      bounds: { x: 1, y: 2, width: 1_200, height: 700 },
      maximized: true,
      exportFolder: '/exports',
    })
  })

  it.each(['', '{', '[]', '{"bounds":{"x":"1"}}', '{"bounds":{"x":0,"y":0,"width":0,"height":0},"maximized":true}'])(
    'starts as new from a file that holds %j',
    (content) => {
      writeFileSync(file, content)
      expect(new WindowMemory(file, never).get()).toEqual({ bounds: null, maximized: false, exportFolder: null })
    },
  )

  it('tells of a file it cannot write and goes on', () => {
    const errors: unknown[] = []
    const memory = new WindowMemory(path.join(file, 'not', 'there'), (error) => errors.push(error))
    memory.remember({ maximized: true })
    expect(memory.get().maximized).toBe(true)
    expect(errors).toHaveLength(1)
    expect(() => readFileSync(file)).toThrow()
  })
})
