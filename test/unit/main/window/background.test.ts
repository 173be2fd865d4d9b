import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { backgrounds } from '#main/window/background.ts'

it("the window's background is the page's own ground in both themes, so that nothing flashes", () => {
  const grounds = [...readFileSync('src/renderer/theme/tokens.css', 'utf8').matchAll(/--ground: (#[0-9a-f]{6});/g)]
  expect(grounds.map(([, colour]) => colour)).toEqual([backgrounds.light, backgrounds.dark])
})
