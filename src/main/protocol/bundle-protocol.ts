import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { protocol, type Session } from 'electron'
import { bundlePath, bundleScheme } from './bundle-path.ts'
import { contentSecurityPolicy, noncePlaceholder } from './content-security-policy.ts'

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

/** Must run before 'ready'. Standard and secure: the page gets a real origin, modules and no file:// rights. */
export function registerBundleScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: bundleScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Serves `folder` under app://bundle/ in this session; every document gets a policy with a nonce of its own. */
export function serveBundle(session: Session, folder: string): void {
  session.protocol.handle(bundleScheme, async (request) => {
    const file = request.method === 'GET' ? bundlePath(folder, request.url) : null
    const type = file === null ? undefined : mediaTypes[path.extname(file)]
    if (file === null || type === undefined) return new Response(null, { status: 404, headers: fixedHeaders })
    const bytes = await readFile(file).catch(() => null)
    if (bytes === null) return new Response(null, { status: 404, headers: fixedHeaders })
    const headers = { ...fixedHeaders, 'Content-Type': type }
    if (!type.startsWith('text/html')) return new Response(new Uint8Array(bytes), { headers })
    const nonce = randomBytes(18).toString('base64')
    return new Response(bytes.toString('utf8').replaceAll(noncePlaceholder, nonce), {
      headers: { ...headers, 'Content-Security-Policy': contentSecurityPolicy(nonce), 'Cache-Control': 'no-store' },
    })
  })
}

const fixedHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), clipboard-read=()',
}
