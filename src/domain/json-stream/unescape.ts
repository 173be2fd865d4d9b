// oxlint-disable-next-line no-control-regex -- control characters are the ones that JSON forbids within strings
const oddities = /\\(?:u[\dA-Fa-f]{4}|["\\/bfnrt])|\\|[\u0000-\u001F]+/g

/**
 * What stands between the quotes of a JSON string, as text. `raw` must not end within an escape. Control characters
 * and unknown escapes, which JSON forbids, stand for themselves.
 */
export function unescape(raw: string): string {
  if (!raw.includes('\\')) return raw
  try {
    return JSON.parse(`"${raw}"`) as string
  } catch {
    return JSON.parse(`"${escapeOddities(raw)}"`) as string
  }
}

/** Writes the inside of a string as JSON wants it. */
export function escapeOddities(raw: string): string {
  return raw.replaceAll(oddities, (found) => {
    if (found === '\\') return '\\\\'
    return found.startsWith('\\') ? found : JSON.stringify(found).slice(1, -1)
  })
}

/** How much of a raw string holds no beginning of an escape that is not whole yet. */
export function wholeEscapes(raw: string): number {
  const { length } = raw
  for (let at = Math.max(0, length - 6); at < length; at += 1) {
    if (raw.charCodeAt(at) !== 0x5c || !isEscaping(raw, at)) continue
    const needs = raw.charAt(at + 1) === 'u' ? 6 : 2
    if (length - at < needs) return at
  }
  return length
}

/** True for a backslash that begins an escape: an even count of backslashes stands before it. */
function isEscaping(raw: string, at: number): boolean {
  let before = 0
  while (raw.charCodeAt(at - 1 - before) === 0x5c) before += 1
  return before % 2 === 0
}
