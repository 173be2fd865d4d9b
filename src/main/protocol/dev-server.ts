/** The dev server's address: only in an unpackaged app, only when electron-vite names one, only on this computer. */
export function devServerUrl(packaged: boolean, environment: NodeJS.ProcessEnv): string | null {
  const url = environment['ELECTRON_RENDERER_URL']
  if (packaged || url === undefined || !URL.canParse(url)) return null
  const { protocol, hostname } = new URL(url)
  return protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname) ? url : null
}
