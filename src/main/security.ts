import type { App, Session, WebContents } from 'electron'
import type { Log } from './log/log.ts'
import { isOwnPage } from './ipc/sender.ts'

/** Answers every permission with no: the page needs none (copying goes through main). */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}))
  session.on('will-download', (event) => event.preventDefault())
}

/** Every page of this app, whoever opens it: it stays where it is, opens no window and holds no webview. */
export function confineEveryPage(app: App, devServerUrl: string | null, log: Log): void {
  app.on('web-contents-created', (_created, contents) => confine(contents, devServerUrl, log))
}

function confine(contents: WebContents, devServerUrl: string | null, log: Log): void {
  const block = (event: { preventDefault(): void; url: string }): void => {
    // The dev server reloads its own page; the built page never navigates.
    if (devServerUrl !== null && isOwnPage(event.url, devServerUrl)) return
    event.preventDefault()
    log.warn(`blocked a navigation to ${event.url.slice(0, 200)}`)
  }
  contents.on('will-navigate', block)
  contents.on('will-redirect', block)
  contents.on('will-frame-navigate', block)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    log.warn(`blocked a new window for ${url.slice(0, 200)}`)
    return { action: 'deny' }
  })
}
