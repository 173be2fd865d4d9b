/**
 * JSON text with line breaks and two-space indents. Works on the text, never on parsed values: order numbers longer
 * than 2^53 must stay digit for digit. What is no JSON comes back as it is, only indented where it has brackets.
 */
export function indentJson(text: string): string {
  let out = ''
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at)
    if (inString) {
      out += char
      if (char === '\\') out += text.charAt((at += 1))
      else if (char === '"') inString = false
    } else if (char === '"') {
      inString = true
      out += char
    } else if (char === '{' || char === '[') {
      const close = nextSolid(text, at + 1)
      if (close.char === '}' || close.char === ']') {
        out += char + close.char
        at = close.at
      } else out += char + newLine((depth += 1))
    } else if (char === '}' || char === ']') out += newLine((depth = Math.max(0, depth - 1))) + char
    else if (char === ',') out += char + newLine(depth)
    else if (char === ':') out += ': '
    else if (!/\s/.test(char)) out += char
  }
  return out
}

function nextSolid(text: string, from: number): { at: number; char: string } {
  let at = from
  while (at < text.length && /\s/.test(text.charAt(at))) at += 1
  return { at, char: text.charAt(at) }
}

function newLine(depth: number): string {
  return `\n${'  '.repeat(depth)}`
}
