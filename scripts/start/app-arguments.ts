/**
 * The arguments as Electron can take them: to Chromium `--type=…` names a kind of process and ends the program, while
 * `--type …` in two words is left alone.
 */
export function appArguments(given: readonly string[]): string[] {
  return given.flatMap((argument) =>
    argument.startsWith('--type=') ? ['--type', argument.slice('--type='.length)] : [argument],
  )
}
