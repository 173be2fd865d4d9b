const hidden = '***'

const secretNames = 'key|sk|name|token|password|passphrase|pwd|sign|api_?token|api_?user|api_?pwd|api_?url'

const rules: readonly [RegExp, string][] = [
  // key=… and "key": "…", as queries, forms, JSON and headers write them
  [new RegExp(`(?<![A-Za-z0-9])((?:${secretNames})=)[^&\\s"']+`, 'gi'), `$1${hidden}`],
  [new RegExp(`((?<!\\\\)"(?:${secretNames})"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"`, 'gi'), `$1"${hidden}"`],
  [new RegExp(`\\b((?:password|passphrase|token|sign|sk)\\s*:\\s*)\\S+`, 'gi'), `$1${hidden}`],
  // keys, fingerprints and signatures in hexadecimal
  [/(?<![0-9a-f])(?:[0-9a-f]{64}|[0-9a-f]{32})(?![0-9a-f])/gi, hidden],
  // ID numbers, then phones
  [/(?<!\d)\d{17}[\dXx](?!\d)/g, hidden],
  [/(?<!\d)1[3-9]\d{9}(?!\d)/g, hidden],
]

/** Takes secrets and customers' numbers out of a line that is about to be logged. */
export function redact(line: string): string {
  return rules.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), line)
}
