import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { expect, it, onTestFinished } from 'vitest'
import { unpackZip } from '../../../scripts/runtime/unpack-zip.ts'

interface Entry {
  name: string
  content?: string
  /** Unix mode with its file type. */
  mode?: number
}

/** A zip of stored (uncompressed) entries, as the format's own layout has it. */
function zipOf(entries: readonly Entry[]): Buffer {
  const locals: Buffer[] = []
  const centrals: Buffer[] = []
  let offset = 0
  for (const { name, content = '', mode = 0o100644 } of entries) {
    const [path, data] = [Buffer.from(name), Buffer.from(content)]
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50)
    local.writeUInt16LE(20, 4)
    local.writeUInt32LE(crc32(data), 14)
    local.writeUInt32LE(data.length, 18)
    local.writeUInt32LE(data.length, 22)
    local.writeUInt16LE(path.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50)
    central.writeUInt16LE(0x0314, 4)
    local.copy(central, 6, 4, 28)
    central.writeUInt32LE((mode << 16) >>> 0, 38)
    central.writeUInt32LE(offset, 42)
    locals.push(local, path, data)
    centrals.push(central, path)
    offset += local.length + path.length + data.length
  }
  const directory = Buffer.concat(centrals)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, directory, end])
}

async function unpack(entries: readonly Entry[], target: (name: string) => string | null): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'haoka-zip-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'in.zip'), zipOf(entries))
  const out = join(folder, 'out')
  await unpackZip(join(folder, 'in.zip'), out, target)
  return out
}

it('keeps contents, modes and links, and leaves out what it is told to', async () => {
  const entries = [
    { name: 'a/', mode: 0o040755 },
    { name: 'a/program', content: 'run', mode: 0o100755 },
    { name: 'a/link', content: 'program', mode: 0o120777 },
    { name: 'b/unwanted', content: 'x' },
  ]
  const out = await unpack(entries, (name) => (name.startsWith('b/') ? null : name))
  expect(readFileSync(join(out, 'a/program'), 'utf8')).toBe('run')
  expect(statSync(join(out, 'a/program')).mode & 0o777).toBe(0o755)
  expect(lstatSync(join(out, 'a/link')).isSymbolicLink()).toBe(true)
  expect(readlinkSync(join(out, 'a/link'))).toBe('program')
  expect(existsSync(join(out, 'b'))).toBe(false)
})

it.each(['../outside', '/outside'])('refuses an entry named %s', async (name) => {
  await expect(unpack([{ name, content: 'x' }], (same) => same)).rejects.toThrow(/path|outside/)
})

it('refuses an entry that its target sends outside the folder', async () => {
  await expect(unpack([{ name: 'a', content: 'x' }], () => '../outside')).rejects.toThrow('outside its folder')
})
