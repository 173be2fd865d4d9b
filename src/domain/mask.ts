import { personalFields, type OrderField } from './vocabulary.ts'

const star = /[*＊✱]/
/** Runs of other signs that systems put in place of digits: 138xxxx0013, 138••••0013. */
const otherMask = /\d(?:[xX×]{3,}|[•●·]{2,})\d?|[•●]{2,}/

/** True where a value hides part of itself: 张*, 138****0013, 110101********1234. A lone star among words is none. */
export function isMasked(value: string): boolean {
  if (!star.test(value)) return otherMask.test(value)
  return /[*＊✱]{2}/.test(value) || /^[\u4E00-\u9FFF]{0,2}[*＊✱][\u4E00-\u9FFF]{0,2}$/.test(value)
}

/**
 * A personal field as a page shows it until revealed: 张*, 138****0013, 110101********1234, an address's region.
 * Other fields come back as they are.
 */
export function maskField(field: OrderField, value: string): string {
  if (!(personalFields as readonly OrderField[]).includes(field)) return value
  if (field === 'customerName') return maskName(value)
  if (field === 'idNumber') return maskMiddle(value, 6, 4)
  if (field === 'address') return maskAddress(value)
  return maskMiddle(value, 3, 4)
}

function maskName(value: string): string {
  const characters = [...value]
  return characters.length === 0 ? '' : `${characters[0]}${'*'.repeat(Math.max(characters.length - 1, 1))}`
}

/** Keeps so many characters at both ends, and never more than a third of a shorter value. */
function maskMiddle(value: string, head: number, tail: number): string {
  const characters = [...value]
  const short = characters.length <= head + tail
  const keptHead = short ? Math.floor(characters.length / 6) : head
  const keptTail = short ? Math.floor(characters.length / 6) : tail
  const end = characters.length - keptTail
  return characters.slice(0, keptHead).join('') + '*'.repeat(end - keptHead) + characters.slice(end).join('')
}

const region =
  /^.{1,12}?(?:省|自治区|特别行政区|市|自治州|地区|盟)(?:.{1,12}?(?:市|自治州|地区|盟|区|县|旗))?(?:.{1,10}?(?:区|县|市|旗))?/

function maskAddress(value: string): string {
  const kept = region.exec(value)?.[0] ?? [...value].slice(0, 2).join('')
  return kept.length < value.length ? `${kept}****` : kept.length > 6 ? kept : `${[...value].slice(0, 1).join('')}****`
}
