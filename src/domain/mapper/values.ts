import type { Json } from '../json.ts'
import type { OrderField } from '../vocabulary.ts'
import { readTime, type ReadTime } from './times.ts'

/** What systems write where they have nothing. */
const none = new Set(['', 'null', 'NULL', 'undefined', 'None', 'nil', 'N/A', 'n/a', '\\N', '-', '--', '—', '/'])
const timeFields: ReadonlySet<OrderField> = new Set([
  'createdAt',
  'updatedAt',
  'shippedAt',
  'activatedAt',
  'rechargedAt',
  'settledAt',
])
const amountFields: ReadonlySet<OrderField> = new Set(['rechargeAmount', 'commission'])

export function isTimeField(column: string): boolean {
  return (timeFields as ReadonlySet<string>).has(column)
}
export function isAmountField(column: string): boolean {
  return (amountFields as ReadonlySet<string>).has(column)
}

/** Columns hold no more (the original does); an order number so long is none. */
const longestText = 2_000
const longestNumber = 200

/** A scalar as trimmed text, without a spreadsheet's leading apostrophe; null where it says nothing. */
export function readText(value: Json | undefined): string | null {
  if (typeof value === 'number') return numberText(value)
  if (typeof value !== 'string') return null
  const text = value.trim()
  if (none.has(text)) return null
  return text.charCodeAt(0) === 0x27 && /^'[\d+A-Za-z]/.test(text) ? text.slice(1) : text
}

/** The value of a column, in that column's form; null where the upstream says "none" or what cannot be that. */
export function readField(column: OrderField, value: Json | undefined, time: ReadTime = readTime): string | null {
  const text = readText(value)
  if (text === null) return null
  if (timeFields.has(column)) return time(text)
  if (amountFields.has(column)) return readAmount(text)
  if (text === '0' || (column === 'orderNo' && text.length > longestNumber)) return null
  return text.length > longestText ? text.slice(0, longestText) : text
}

/** A plain decimal in yuan ("50", "12.50", "-3"); null where the text is no amount. */
export function readAmount(text: string): string | null {
  const bare = text.replaceAll(/[,，\s]|^[￥¥]|元$/g, '')
  const match = /^([+-]?)[￥¥]?(\d+(?:\.\d+)?|\.\d+)$/.exec(bare)
  if (match === null) return null
  const [, sign = '', digits = ''] = match
  return (sign === '-' ? '-' : '') + (digits.startsWith('.') ? `0${digits}` : digits)
}

/** JavaScript would write 1e21 and 1e-7; digits are wanted. */
function numberText(value: number): string {
  const text = String(value)
  if (!text.includes('e')) return text
  return Number.isInteger(value) ? BigInt(value).toString() : value.toFixed(20).replace(/\.?0+$/, '')
}
