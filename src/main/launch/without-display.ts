import { sortArguments, readLaunchOptions } from './launch-options.ts'

/** What lets a command run where there is no display: it opens no window, so it needs no GPU either. */
export const withoutDisplay = [
  '--ozone-platform=headless',
  '--disable-gpu',
  '--disable-software-rasterizer',
  // Chromium's own complaints about the missing GPU and bus; the app's errors come through all the same.
  '--log-level=3',
] as const

/**
 * On Linux Chromium ends the program where it finds no display, even for a command that opens no window (cron, a
 * server). The same arguments with what keeps it from looking for one; null: they can stay as they are.
 */
export function argumentsWithoutDisplay(
  argv: readonly string[],
  isAppPath: (argument: string) => boolean,
  { platform, environment }: { platform: NodeJS.Platform; environment: NodeJS.ProcessEnv },
): string[] | null {
  if (platform !== 'linux' || environment['DISPLAY'] || environment['WAYLAND_DISPLAY']) return null
  const { electron, chromium, ours } = sortArguments(argv, isAppPath)
  const { command, problem } = readLaunchOptions(argv, isAppPath)
  if (command.length === 0 && problem === null) return null
  if ([...electron, ...chromium].some((argument) => /^--(ozone-platform|headless)/.test(argument))) return null
  return [...withoutDisplay, ...electron, ...chromium, '--', ...ours]
}
