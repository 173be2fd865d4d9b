import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { icnsFile, icoFile } from '../../../scripts/package/image-containers.ts'
import { makeIcons } from '../../../scripts/package/make-icons.ts'

const pngMagic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

it('draws a PNG of every size, and the files that Windows and macOS take', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'haoka-icons-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  await makeIcons(folder)
  const names = readdirSync(join(folder, 'icons'))
  expect(names).toContain('512x512.png')
  for (const name of names) {
    const png = readFileSync(join(folder, 'icons', name))
    expect(png.subarray(0, 8)).toEqual(pngMagic)
    // IHDR: width and height.
    expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}.png`).toBe(name)
  }
  expect(readFileSync(join(folder, 'icon.ico')).readUInt16LE(4)).toBe(7)
  expect(readFileSync(join(folder, 'icon.icns')).toString('latin1', 0, 4)).toBe('icns')
})

it('lists each picture of an ICO with its size and place', () => {
  const [small, large] = [Buffer.from('small'), Buffer.from('large one')]
  const file = icoFile([
    { size: 16, png: small },
    { size: 256, png: large },
  ])
  expect([...file.subarray(0, 6)]).toEqual([0, 0, 1, 0, 2, 0])
  expect(file.readUInt8(6)).toBe(16)
  expect(file.readUInt8(22)).toBe(0)
  const read = (at: number): Buffer => {
    const offset = file.readUInt32LE(at + 12)
    return file.subarray(offset, offset + file.readUInt32LE(at + 8))
  }
  expect(read(6)).toEqual(small)
  expect(read(22)).toEqual(large)
})

it('gives an ICNS its true length and each picture its type', () => {
  const file = icnsFile([{ size: 512, png: Buffer.from('picture') }])
  expect(file.readUInt32BE(4)).toBe(file.length)
  expect(file.toString('latin1', 8, 12)).toBe('ic09')
  expect(file.readUInt32BE(12)).toBe(8 + 'picture'.length)
  expect(() => icnsFile([{ size: 24, png: Buffer.from('x') }])).toThrow('24')
})
