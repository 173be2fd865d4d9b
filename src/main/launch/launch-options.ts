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

/** Whose the arguments are, the executable itself left out. */
export interface SortedArguments {
  /** Electron's: everything up to the app's path, where it is named. */
  readonly electron: readonly string[]
  /** Chromium's switches among what follows. */
  readonly chromium: readonly string[]
  readonly ours: readonly string[]
}

/**
 * Tells the arguments apart. Electron's own, the app's path and Chromium's switches may stand among ours; after `--`
 * everything is ours, and Chromium reads nothing there either.
 */
export function sortArguments(
  argv: readonly string[],
  isAppPath: (argument: string) => boolean = () => false,
): SortedArguments {
  const appIndex = argv.findIndex((argument, index) => index > 0 && !argument.startsWith('-') && isAppPath(argument))
  const electron = argv.slice(1, appIndex + 1)
  const given = argv.slice(Math.max(appIndex, 0) + 1)
  const end = given.indexOf('--')
  const before = end === -1 ? given : given.slice(0, end)
  const after = end === -1 ? [] : given.slice(end + 1)
  return {
    electron,
    chromium: before.filter(isChromiumSwitch),
    ours: [...before.filter((argument) => !isChromiumSwitch(argument)), ...after],
  }
}

/** Reads the arguments that are ours. */
export function readLaunchOptions(argv: readonly string[], isAppPath?: (argument: string) => boolean): LaunchOptions {
  const given = sortArguments(argv, isAppPath).ours
  const command: string[] = []
  /** Flags that nobody knows: a window opens all the same, a command is told that it makes no sense. */
  const unknown: string[] = []
  let dataDir: string | null = null
  let practice = false
  let problem: string | null = null
  for (let index = 0; index < given.length; index++) {
    const argument = given[index] ?? ''
    if (argument === '--practice') practice = true
    else if (argument === '--data-dir' || argument.startsWith('--data-dir=')) {
      dataDir = argument === '--data-dir' ? (given[++index] ?? '') : argument.slice('--data-dir='.length)
      if (dataDir === '' || dataDir.startsWith('--')) problem = '--data-dir needs a folder'
      // Never taken for a folder: an empty one would be wherever the person happens to be.
      if (problem !== null) dataDir = null
    } else if (command.length > 0 || !argument.startsWith('-') || /^(--help|-h)$/.test(argument)) command.push(argument)
    else unknown.push(argument)
  }
  return { dataDir, practice, command: command.length > 0 ? [...unknown, ...command] : [], problem }
}

/** Switches that Chromium, Electron, test drivers and window systems add. None has the name of one of ours. */
const chromiumSwitch =
  /^(--(no-sandbox|no-zygote|no-first-run|disable-|enable-|remote-debugging-|inspect|ozone-|password-store|lang=|force-|js-flags|headless|use-|ignore-|in-process-gpu|allow-|proxy-|log-|user-data-dir|original-process-start-time|trace-|gtk-version|class=|unsafely-)|-psn_)/

function isChromiumSwitch(argument: string): boolean {
  return chromiumSwitch.test(argument)
}
