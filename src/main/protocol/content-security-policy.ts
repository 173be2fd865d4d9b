/** What Vite writes where a nonce belongs; the protocol handler replaces it in every document it serves. */
export const noncePlaceholder = 'HAOKA-CSP-NONCE'

/**
 * The page's policy: its own scripts and styles, style elements that carry this document's nonce (AG Grid makes some),
 * images of its own, and nothing else: no network, no frames, no forms, no inline script.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src-elem 'self' 'nonce-${nonce}'`,
    "style-src-attr 'none'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
