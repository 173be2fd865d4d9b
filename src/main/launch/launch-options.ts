/** What the person or the script that started the app asked for. */
export interface LaunchOptions {
  /** Where everything the app writes goes; null: the system's usual folder. */
  readonly dataDir: string | null
  /** A profile of its own, made afresh, with the practice account in it. */
  readonly practice: boolean
  /** The words of a command to run without a window; empty: open the window. */
  readonly command: readonly string[]
  /** Why the arguments make no sense, for the command line's usage error; null: they do. */
  readonly problem: string | null
}

/**
 * Reads the arguments that are ours. Electron's own, the app's path and Chromium's switches may stand among them:
 * everything up to the app's path is Electron's, a switch of Chromium's is nobody's business here, and `--` ends the
 * search for them (Chromium reads nothing after it either).
 */
export function readLaunchOptions(
  argv: readonly string[],
  isAppPath: (argument: string) => boolean = () => false,
): LaunchOptions {
  const appIndex = argv.findIndex((argument, index) => index > 0 && !argument.startsWith('-') && isAppPath(argument))
  const given = argv.slice(appIndex === -1 ? 1 : appIndex + 1)
  const end = given.indexOf('--')
  const before = end === -1 ? given : given.slice(0, end)
  const after = end === -1 ? [] : given.slice(end + 1)
  return readOurs([...before.filter((argument) => !isChromiumSwitch(argument)), ...after])
}

function readOurs(given: readonly string[]): LaunchOptions {
  const command: string[] = []
  let dataDir: string | null = null
  let practice = false
  let problem: string | null = null
  for (let index = 0; index < given.length; index++) {
    const argument = given[index] ?? ''
    if (argument === '--practice') practice = true
    else if (argument === '--data-dir' || argument.startsWith('--data-dir=')) {
      dataDir = argument === '--data-dir' ? (given[++index] ?? '') : argument.slice('--data-dir='.length)
      if (dataDir === '' || dataDir.startsWith('--')) problem = '--data-dir needs a folder'
    } else if (command.length > 0 || !argument.startsWith('-') || /^(--help|-h)$/.test(argument)) command.push(argument)
  }
  return { dataDir, practice, command, problem }
}

/** Switches that Chromium, Electron, test drivers and window systems add. None has the name of one of ours. */
const chromiumSwitch =
  /^(--(no-sandbox|no-zygote|no-first-run|disable-|enable-|remote-debugging-|inspect|ozone-|password-store|lang=|force-|js-flags|headless|use-|ignore-|in-process-gpu|allow-|proxy-|log-|user-data-dir|original-process-start-time|trace-|gtk-version|class=|unsafely-)|-psn_)/

function isChromiumSwitch(argument: string): boolean {
  return chromiumSwitch.test(argument)
}
