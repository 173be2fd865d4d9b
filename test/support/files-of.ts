import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Every file under a folder with its bytes. */
export function filesOf(folder: string): { path: string; bytes: Buffer }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, bytes: readFileSync(path) }))
}

/** The files that hold a text in the clear, or as base64, hex or UTF-16. */
export function filesHolding(folder: string, text: string): string[] {
  const bytes = Buffer.from(text)
  const forms = [bytes, Buffer.from(text, 'utf16le'), Buffer.from(bytes.toString('hex'))]
  // base64 of the text at each of the three alignments, without the characters that neighbours decide
  for (let shift = 0; shift < 3; shift++) {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
    forms.push(Buffer.from(encoded.slice(shift === 0 ? 0 : 4, -4)))
  }
  return filesOf(folder)
    .filter(({ bytes: content }) => forms.some((form) => form.length > 0 && content.includes(form)))
    .map(({ path }) => path)
}
