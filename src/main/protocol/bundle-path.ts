import path from 'node:path'

/** The scheme and host under which the window's own files are served. */
export const bundleScheme = 'app'
export const bundleHost = 'bundle'
export const bundleUrl = `${bundleScheme}://${bundleHost}/`

/**
 * The file that a URL names within the bundle's folder; null for anything outside it: another host, a way up however
 * it is written, a drive, a NUL, a backslash.
 */
export function bundlePath(folder: string, url: string): string | null {
  if (!URL.canParse(url)) return null
  const { protocol, host, pathname } = new URL(url)
  if (protocol !== `${bundleScheme}:` || host !== bundleHost) return null
  const relative = decode(pathname === '/' ? '/index.html' : pathname)
  if (relative === null || /[\0\\:]/.test(relative)) return null
  const parts = relative.slice(1).split('/')
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return null
  return path.join(folder, ...parts)
}

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return null
  }
}
