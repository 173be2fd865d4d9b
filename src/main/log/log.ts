import { inspect } from 'node:util'
import electronLog from 'electron-log/node'
import { redact } from './redact.ts'

/** What main's parts write to. */
export interface Log {
  info(message: string): void
  warn(message: string, cause?: unknown): void
  error(message: string, cause?: unknown): void
}

const fileBytes = 2_000_000

/**
 * A log file of bounded size and standard error, both redacted; standard output belongs to the commands. electron-log's
 * Node half is enough and opens no channel to the page.
 */
export function openLog(file: string): Log {
  const log = electronLog.create({ logId: 'main' })
  log.transports.file.resolvePathFn = () => file
  log.transports.file.maxSize = fileBytes
  log.transports.console.writeFn = ({ message }) => void process.stderr.write(`${message.data.join(' ')}\n`)
  log.transports.console.useStyles = false
  return {
    info: (message) => log.info(redact(message)),
    warn: (message, cause) => log.warn(line(message, cause)),
    error: (message, cause) => log.error(line(message, cause)),
  }
}

function line(message: string, cause: unknown): string {
  return redact(cause === undefined ? message : `${message}: ${inspect(cause, { depth: 4, breakLength: Infinity })}`)
}
