import { maskField } from '#domain/mask.ts'
import { personalFields, type OrderField, type OrderFields } from '#domain/vocabulary.ts'

/** A string literal, or a number of eleven digits and more, of a JSON text. */
const literal = /"(?:[^"\\]|\\.)*"|-?\d{11,}/g
const mobile = /(?<!\d)1[3-9]\d{9}(?!\d)/g
const idNumber = /(?<!\d)\d{17}[\dXx](?![\dXx])/g

/**
 * An element's JSON with its personal values masked: what fed the order's personal columns, wherever it stands and
 * however it is escaped, and besides everything that looks like a mobile or an ID number. Keys and layout stay.
 */
export function maskOriginal(json: string, fields: OrderFields): string {
  const hidden = personalFields
    .flatMap((field): [OrderField, string][] => (fields[field] === undefined ? [] : [[field, fields[field]]]))
    .sort(([, a], [, b]) => b.length - a.length)
  return json.replaceAll(literal, (found) => {
    const quoted = found.startsWith('"')
    const text = quoted ? parsed(found) : found
    const masked = maskText(text, hidden)
    if (masked === text) return found
    return JSON.stringify(masked)
  })
}

function maskText(text: string, hidden: readonly [OrderField, string][]): string {
  let masked = text
  for (const [field, value] of hidden)
    if (value.length > 1) masked = masked.replaceAll(value, () => maskField(field, value))
  return masked
    .replaceAll(idNumber, (value) => maskField('idNumber', value))
    .replaceAll(mobile, (value) => maskField('phone', value))
}

function parsed(quoted: string): string {
  try {
    return String(JSON.parse(quoted))
  } catch {
    // Raw control characters inside: lenient upstream JSON. The text between the quotes still gets masked.
    return quoted.slice(1, -1)
  }
}
