import { axes } from '../vocabulary.ts'
import type { Column, ColumnNames, NameTable } from './column.ts'
import { lifeNames } from './names-life.ts'
import { orderNames } from './names-order.ts'
import { personNames } from './names-person.ts'

/** What a name claims: a column, and how sure the name alone is (0 to 1). */
export interface NameClaim {
  column: Column
  weight: number
}

const bandTop = { strong: 1, fair: 0.75, weak: 0.45 } as const
/** How much a band's last name is worth less than its first. */
const bandDepth = { strong: 0.15, fair: 0.15, weak: 0.1 } as const

const claims = buildClaims({ ...orderNames, ...personNames, ...lifeNames })

/** A name without case, separators and the apostrophes of spreadsheets. */
export function normalName(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_\-.:：()（）'"[\]【】/#]/g, '')
}

/**
 * What the names on a path claim, best first: the last name with its parent (express.no is expressno), the last alone,
 * and, where nothing is known exactly, the longest known name it ends with (my_order_no).
 */
export function claimsOf(path: readonly string[]): readonly NameClaim[] {
  const last = normalName(path.at(-1) ?? '')
  const parent = path.length > 1 ? normalName(path.at(-2) ?? '') : ''
  const joined = parent === '' ? undefined : claims.get(parent + last)
  if (joined !== undefined) return joined
  const own = claims.get(last)
  if (own !== undefined) return parent === '' ? own : scaled(own, aboutSomeoneElse(parent) ? 0.3 : 0.85)
  const worded = wordsOfAxis(last)
  return worded.length > 0 ? worded : scaled(longestEnding(last), 0.7)
}

/** Endings by which a system names the words that belong to a code: status_name, state_text. */
export const wordEnding = /(?:name|text|txt|desc|msg|str|cn|label|zh|info|title|名称|文字|说明|描述)$/
const axisNames: ReadonlySet<Column> = new Set(axes)

function wordsOfAxis(name: string): readonly NameClaim[] {
  const claimed = claims.get(name.replace(wordEnding, '')) ?? []
  return scaled(
    claimed.filter(({ column }) => axisNames.has(column)),
    0.9,
  )
}

/** A part of the element that is not the order itself: an agent's name is not the customer's. */
function aboutSomeoneElse(parent: string): boolean {
  return /agent|share|shop|store|seller|admin|代理|分销|店铺/.test(parent)
}

function longestEnding(name: string): readonly NameClaim[] {
  for (let start = 1; name.length - start >= shortestEnding(name); start += 1) {
    const found = claims.get(name.slice(start))
    if (found !== undefined) return aboutSomeoneElse(name.slice(0, start)) ? [] : found.filter((it) => it.weight > 0.5)
  }
  return []
}

/** Chinese names say much in two characters; Latin ones that short fit by chance. */
function shortestEnding(name: string): number {
  return /[\u4E00-\u9FFF]/.test(name) ? 2 : 5
}

function scaled(list: readonly NameClaim[], factor: number): readonly NameClaim[] {
  return list.map(({ column, weight }) => ({ column, weight: weight * factor }))
}

function buildClaims(table: NameTable): ReadonlyMap<string, readonly NameClaim[]> {
  const byName = new Map<string, NameClaim[]>()
  for (const [column, names] of Object.entries(table) as [Column, ColumnNames][]) {
    for (const band of ['strong', 'fair', 'weak'] as const) {
      const list = names[band].split(/\s+/).filter((name) => name !== '')
      list.forEach((name, index) => {
        const weight = bandTop[band] - (bandDepth[band] * index) / list.length
        const others = byName.get(name) ?? []
        byName.set(
          name,
          [...others, { column, weight }].sort((one, other) => other.weight - one.weight),
        )
      })
    }
  }
  return byName
}
