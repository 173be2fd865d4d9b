import { contextBridge, ipcRenderer } from 'electron'
import type { Request, Response } from '#shared/rpc/route.ts'
import { callChannel, replyChannel, type WindowBridge } from '#shared/rpc/window-bridge.ts'

/**
 * The page's only door: messages of the contract, both ways. Main parses each one and checks who sent it; a refusal
 * comes back as the call's failure.
 */
let listener: (message: Response) => void = () => undefined

async function send(message: Request): Promise<void> {
  const refusal: unknown = await ipcRenderer.invoke(callChannel, message)
  if (refusal !== null) listener(refusal as Response)
}

ipcRenderer.on(replyChannel, (_event, message: Response) => listener(message))

const bridge: WindowBridge = {
  send: (message) => void send(message),
  onMessage: (next) => {
    listener = next
  },
}
contextBridge.exposeInMainWorld('haoka', bridge)
