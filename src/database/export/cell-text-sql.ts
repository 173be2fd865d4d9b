import { axisFlag } from '#domain/axis-flag.ts'
import { orderFlags, personalFields, stages, type Axis, type OrderColumn } from '#domain/vocabulary.ts'
import { cellSql } from '../orders/columns.ts'
import { typeNumber } from '../session.ts'
import { tagJoint, type RowWords } from './row-reader.ts'

/**
 * The text a file shows for a column, as SQL over `orders`; NULL where it is empty. It says what the row reader says.
 * null: only the row reader can, a masked field.
 */
export function cellTextSql(column: OrderColumn, { words, accountLabel, masked }: RowWords): string | null {
  switch (column) {
    case 'stage':
      return chosen('stage', stages, words.stages)
    case 'type':
      return `iif(type = ${typeNumber('own')}, ${literal(words.types['own'] ?? 'own')},
        ${literal(words.types['distributor'] ?? 'distributor')})`
    case 'account':
      return literal(accountLabel)
    case 'firstSeenAt':
    case 'changedAt':
      return `datetime(${cellSql(column)} / 1000 + ${beijingSeconds}, 'unixepoch')`
    case 'activation':
    case 'recharge':
    case 'settlement':
    case 'refund':
      return axisTextSql(column, words.axisFlags)
    case 'tags':
      return `replace(tags, char(10), ${literal(tagJoint)})`
    case 'flag':
      return chosen('flag', orderFlags, words.flags)
    default:
      return masked && (personalFields as readonly OrderColumn[]).includes(column) ? null : cellSql(column)
  }
}

const beijingSeconds = 8 * 3_600

type Words = Readonly<Record<string, string>>

/** The word of each value that has one, and the value itself elsewhere. */
function chosen(sql: string, values: readonly string[], words: Words): string {
  return caseSql(sql, new Map(values.map((value) => [value, words[value]])))
}

function axisTextSql(axis: Exclude<Axis, 'production'>, words: Words): string {
  const value = cellSql(axis)
  const ofCode = (code: string): string => {
    const byStage = stages.map((stage): [string, string | undefined] => {
      const flag = axisFlag(axis, code, stage)
      return [stage, flag === null ? undefined : words[flag]]
    })
    return caseSql('stage', new Map(byStage), value)
  }
  return `CASE ${value} WHEN '0' THEN ${ofCode('0')} WHEN '1' THEN ${ofCode('1')} ELSE ${value} END`
}

function caseSql(sql: string, words: ReadonlyMap<string, string | undefined>, otherwise = sql): string {
  const whens = [...words].flatMap(([value, word]) =>
    word === undefined ? [] : [`WHEN '${value}' THEN ${literal(word)}`],
  )
  return whens.length === 0 ? otherwise : `CASE ${sql} ${whens.join(' ')} ELSE ${otherwise} END`
}

/** Any text at all, line ends, quotes and zeros too. */
function literal(text: string): string {
  return `CAST(x'${Buffer.from(text).toString('hex')}' AS TEXT)`
}
