import { createWriteStream, mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import yauzl from 'yauzl'

/**
 * Unpacks the entries for which `target` gives a path (relative to `folder`); null leaves an entry out.
 * File modes and symbolic links are kept. Throws on an entry that would land outside `folder`.
 */
export async function unpackZip(
  zipFile: string,
  folder: string,
  target: (entryName: string) => string | null,
): Promise<void> {
  const zip = await yauzl.openPromise(zipFile, { lazyEntries: true })
  try {
    for await (const entry of zip.eachEntry()) {
      const relative = target(entry.fileName)
      if (relative === null) continue
      const path = join(folder, relative)
      if (!path.startsWith(folder + sep)) throw new Error(`zip entry outside its folder: ${entry.fileName}`)
      await unpackEntry(zip, entry, path)
    }
  } finally {
    zip.close()
  }
}

async function unpackEntry(zip: yauzl.ZipFile, entry: yauzl.Entry, path: string): Promise<void> {
  if (entry.fileName.endsWith('/')) {
    mkdirSync(path, { recursive: true })
    return
  }
  mkdirSync(dirname(path), { recursive: true })
  // The upper half of the external attributes is the Unix mode: type (0o170000) and permissions.
  const mode = entry.externalFileAttributes >>> 16
  const content = await zip.openReadStreamPromise(entry)
  if ((mode & 0o170000) === 0o120000) symlinkSync((await buffer(content)).toString(), path)
  else await pipeline(content, createWriteStream(path, { mode: mode & 0o777 || 0o644 }))
}
