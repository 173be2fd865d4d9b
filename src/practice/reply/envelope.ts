import type { Shape } from './shape.ts'

/** What stands around `data` in every reply. */
export interface Surroundings {
  code: number | string
  msg: string
  execMs: number
}

/** The documented envelope as JSON text. */
export function envelope(around: Surroundings, data: unknown): string {
  return JSON.stringify({
    code: around.code,
    msg: around.msg,
    data,
    debug: [],
    exec_time: Number((around.execMs / 1000).toFixed(6)),
    user_ip: '127.0.0.1',
  })
}

/** Rows in the given wrapping; `numbers` are the order numbers of the rows, in the same order. */
export function wrap(rows: readonly unknown[], numbers: readonly string[], shape: Shape): unknown {
  if (shape.wrapping === 'sentence') return `同步成功 ${rows.length} 条`
  if (rows.length === 0 && shape.whenEmpty === 'emptyString') return ''
  switch (shape.wrapping) {
    case 'list':
      return rows
    case 'jsonString':
      return JSON.stringify(rows)
    case 'innerEnvelope':
      return { msg: { code: 0, info: '' }, data: rows }
    case 'dataList':
      return { total: rows.length, list: rows }
    case 'keyed':
      return rows.length === 0 ? [] : Object.fromEntries(rows.map((row, at) => [numbers[at] ?? '', row]))
  }
}
