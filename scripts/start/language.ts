/**
 * Where the machine names no language (a bare server), what nobody sees being chosen is made for the merchants this
 * app is for: the window, the headings of the exported file.
 */
export function languageSwitches(environment: NodeJS.ProcessEnv = process.env): string[] {
  const named = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || 'C'
  return /^(C|POSIX)\b/.test(named) ? ['--lang=zh-CN'] : []
}
