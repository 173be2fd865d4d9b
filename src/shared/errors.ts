/**
 * Every error that can cross a process border. `message` is for logs only; pages and the command line translate `code`.
 * The table says what the caller may do: `retry` now, `wait` (quota, throttle), `ask` the merchant, or `stop`.
 */
export const errorCodes = {
  // upstream
  unauthorised: 'ask',
  badParameters: 'ask',
  upstreamRefused: 'ask',
  upstreamFault: 'retry',
  tooFast: 'wait',
  quotaUsed: 'wait',
  timeout: 'retry',
  network: 'retry',
  tls: 'ask',
  redirected: 'ask',
  notJson: 'retry',
  tooLarge: 'stop',
  replyCapped: 'stop',
  cancelled: 'stop',
  // accounts
  accountNotFound: 'ask',
  accountLabelTaken: 'ask',
  accountIncomplete: 'ask',
  gatewayNotAllowed: 'ask',
  secretsMissing: 'ask',
  syncRunning: 'wait',
  orderNotFound: 'stop',
  viewNotFound: 'stop',
  viewNameTaken: 'ask',
  tooManyViews: 'ask',
  mappingInvalid: 'ask',
  rerunRunning: 'wait',
  receiverNotConfirmed: 'ask',
  receiverOff: 'ask',
  portTaken: 'ask',
  portNotAllowed: 'ask',
  // data on this computer
  dataFolderInUse: 'ask',
  databaseKeyWrong: 'ask',
  databaseCorrupt: 'stop',
  databaseNewer: 'stop',
  notABackup: 'ask',
  backupDamaged: 'ask',
  restoreOffered: 'ask',
  backupRunning: 'wait',
  diskFull: 'ask',
  diskFailing: 'ask',
  fileNotWritable: 'ask',
  fileInUse: 'ask',
  folderGone: 'ask',
  passphraseNeeded: 'ask',
  passphraseWrong: 'ask',
  recoveryCodeNeeded: 'ask',
  recoveryCodeWrong: 'ask',
  // the borders themselves
  invalidInput: 'stop',
  invalidOutput: 'stop',
  noSuchRoute: 'stop',
  senderNotAllowed: 'stop',
  processGone: 'retry',
  usage: 'ask',
  internal: 'stop',
} as const satisfies Record<string, 'retry' | 'wait' | 'ask' | 'stop'>
export type ErrorCode = keyof typeof errorCodes

/** Small facts a message may need (a field's name, a count). Never a secret and never personal data. */
export type ErrorData = Readonly<Record<string, string | number | boolean | null>>

/** An error with a code from the table. The cause stays in this process. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly data: ErrorData

  constructor(code: ErrorCode, message: string = code, options: { data?: ErrorData; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.data = options.data ?? {}
  }
}

/** Any thrown value as an AppError; what is not one already becomes `internal`. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return new AppError('internal', message, { cause: thrown })
}
