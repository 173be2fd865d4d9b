import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron'
import { z } from 'zod'
import { windowEvents, windowRoutes, type WindowEvents, type WindowRoutes } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { Handlers, Request, Response } from '#shared/rpc/route.ts'
import { serve, type Served } from '#shared/rpc/serve.ts'
import { callChannel, replyChannel } from '#shared/rpc/window-bridge.ts'
import type { Log } from '../log/log.ts'
import { isOwnSender } from './sender.ts'

const id = z.number().int().nonnegative()
const requestSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('call'), id, route: z.string().max(64), input: z.unknown() }),
  z.strictObject({ kind: z.literal('cancel'), id }),
])

/** Tells the window an event of the contract; does nothing when the window is gone. */
export type Tell = <Name extends keyof WindowEvents & string>(name: Name, value: z.input<WindowEvents[Name]>) => void

export interface WindowCalls {
  readonly tell: Tell
  close(): void
}

/**
 * The transport between the window and main: one invoke channel in, one channel out. It checks the sender and the
 * message's shape, then hands over to the RPC. An accepted message answers null; a refused one its own failure.
 */
export function serveWindow(
  window: BrowserWindow,
  handlers: Handlers<WindowRoutes>,
  options: { devServerUrl: string | null; log: Log; ready: Promise<void> },
): WindowCalls {
  const { log } = options
  const contents = window.webContents
  const send = (message: Response): void => {
    if (!contents.isDestroyed()) contents.send(replyChannel, message)
  }
  let served: Served = newConnection()

  function newConnection(): Served {
    return serve(windowRoutes, handlers, send, {
      onUnexpected: (route, error) => log.error(`${route} failed`, error),
    })
  }

  ipcMain.handle(callChannel, (event, message: unknown): Response | null => {
    if (!isAllowed(event, window, options.devServerUrl)) {
      log.warn(`refused a message from ${event.senderFrame?.url.slice(0, 200) ?? 'a frame that is gone'}`)
      return failure(message, new AppError('senderNotAllowed'))
    }
    const request = requestSchema.safeParse(message)
    if (!request.success) return failure(message, new AppError('invalidInput', 'not a message of the contract'))
    const connection = served
    void options.ready.then(() => connection.receive(request.data as Request))
    return null
  })

  // A page that is loaded anew or died has nobody left to answer.
  const renew = (): void => {
    served.close()
    served = newConnection()
  }
  contents.on('did-navigate', renew)
  contents.on('render-process-gone', renew)

  return {
    tell: (name, value) => send({ kind: 'event', name, value: windowEvents[name].parse(value) }),
    close() {
      ipcMain.removeHandler(callChannel)
      served.close()
    },
  }
}

function isAllowed(event: IpcMainInvokeEvent, window: BrowserWindow, devServerUrl: string | null): boolean {
  const frame = event.senderFrame
  if (window.isDestroyed() || frame === null) return false
  const mainFrameOfWindow = event.sender === window.webContents && frame === window.webContents.mainFrame
  return isOwnSender({ url: frame.url, mainFrameOfWindow }, devServerUrl)
}

function failure(message: unknown, error: AppError): Response {
  const known = z.object({ id }).safeParse(message)
  return {
    kind: 'failure',
    id: known.success ? known.data.id : 0,
    error: { code: error.code, message: error.message, data: {} },
  }
}
