/**
 * Bytes of a push as text: UTF-8 where they are, else what Chinese systems otherwise send (GBK, read as GB18030, which
 * holds it). A charset that is named and known comes first. Bytes that are neither become U+FFFD. Never throws.
 */
export function textOfBytes(bytes: Uint8Array, charset: string | null = null): string {
  const named = charset === null ? null : decoded(bytes, charset)
  return named ?? decoded(bytes, 'utf-8') ?? decoded(bytes, 'gb18030') ?? new TextDecoder('utf-8').decode(bytes)
}

/** The charset that a content type names, lower case. */
export function charsetOf(contentType: string): string | null {
  return /charset\s*[=:]\s*"?([\w-]{1,40})/i.exec(contentType)?.[1]?.toLowerCase() ?? null
}

function decoded(bytes: Uint8Array, charset: string): string | null {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
