import type { Value } from '../connection.ts'

/** A condition over the table orders, and the values of its marks. */
export interface Where {
  sql: string
  values: Value[]
}

export function allOf(parts: readonly Where[]): Where {
  return {
    sql: parts.map(({ sql }) => sql).join(' AND '),
    values: parts.flatMap(({ values }) => values),
  }
}

export function anyOf(parts: readonly Where[]): Where {
  return {
    sql: `(${parts.map(({ sql }) => sql).join(' OR ')})`,
    values: parts.flatMap(({ values }) => values),
  }
}

/** A LIKE pattern for any text that holds (or begins with) this one; used with `ESCAPE '\'`. */
export function likePattern(text: string, where: 'anywhere' | 'start'): string {
  const literal = text.replaceAll(/[\\%_]/g, String.raw`\$&`)
  return where === 'anywhere' ? `%${literal}%` : `${literal}%`
}

export const likeSql = String.raw`LIKE ? ESCAPE '\'`
