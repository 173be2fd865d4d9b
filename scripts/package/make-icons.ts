import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { projectFolder } from '../runtime/project.ts'
import { icnsFile, icoFile, type SizedPng } from './image-containers.ts'

const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024]
const icoSizes = new Set([16, 24, 32, 48, 64, 128, 256])
const icnsSizes = new Set([16, 32, 64, 128, 256, 512, 1024])
/** The sizes that Linux desktops look for. */
const linuxSizes = new Set([16, 24, 32, 48, 64, 128, 256, 512])

/** Draws every platform's icon from build/icon.svg into `folder`: icon.ico, icon.icns and icons/NxN.png. */
export async function makeIcons(folder: string): Promise<void> {
  const wasm = join(projectFolder, 'node_modules', '@resvg', 'resvg-wasm', 'index_bg.wasm')
  await initWasm(readFileSync(wasm))
  const svg = readFileSync(join(projectFolder, 'build', 'icon.svg'), 'utf8')
  const pictures = sizes.map((size) => draw(svg, size))
  mkdirSync(join(folder, 'icons'), { recursive: true })
  writeFileSync(join(folder, 'icon.ico'), icoFile(pictures.filter(({ size }) => icoSizes.has(size))))
  writeFileSync(join(folder, 'icon.icns'), icnsFile(pictures.filter(({ size }) => icnsSizes.has(size))))
  for (const { size, png } of pictures.filter((picture) => linuxSizes.has(picture.size))) {
    writeFileSync(join(folder, 'icons', `${size}x${size}.png`), png)
  }
}

function draw(svg: string, size: number): SizedPng {
  const image = new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render()
  return { size, png: image.asPng() }
}
