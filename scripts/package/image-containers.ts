/** A square picture as PNG bytes. */
export interface SizedPng {
  /** Edge in pixels. */
  size: number
  png: Uint8Array
}

/** ICO file of PNG pictures (Windows Vista and later). Layout: ICONDIR, one ICONDIRENTRY each, then the pictures. */
export function icoFile(pictures: readonly SizedPng[]): Buffer {
  const header = Buffer.alloc(6 + 16 * pictures.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(pictures.length, 4)
  let offset = header.length
  for (const [index, { size, png }] of pictures.entries()) {
    const at = 6 + 16 * index
    // 0 stands for 256.
    header.writeUInt8(size % 256, at)
    header.writeUInt8(size % 256, at + 1)
    header.writeUInt16LE(1, at + 4)
    header.writeUInt16LE(32, at + 6)
    header.writeUInt32LE(png.length, at + 8)
    header.writeUInt32LE(offset, at + 12)
    offset += png.length
  }
  return Buffer.concat([header, ...pictures.map(({ png }) => png)])
}

/** OSType of each picture size that ICNS takes as PNG. */
const icnsTypes: Readonly<Record<number, string>> = {
  16: 'icp4',
  32: 'icp5',
  64: 'icp6',
  128: 'ic07',
  256: 'ic08',
  512: 'ic09',
  1024: 'ic10',
}

/** ICNS file of PNG pictures. Layout: 'icns' and the total length, then type, length and bytes of each picture. */
export function icnsFile(pictures: readonly SizedPng[]): Buffer {
  const chunks = pictures.map(({ size, png }) => {
    const type = icnsTypes[size]
    if (type === undefined) throw new Error(`ICNS has no picture of ${size} pixels`)
    return chunk(type, png)
  })
  return chunk('icns', Buffer.concat(chunks))
}

function chunk(type: string, content: Uint8Array): Buffer {
  const header = Buffer.alloc(8)
  header.write(type, 'latin1')
  header.writeUInt32BE(header.length + content.length, 4)
  return Buffer.concat([header, content])
}
