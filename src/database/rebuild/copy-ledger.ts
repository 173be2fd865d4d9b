import type { Connection } from '../connection.ts'
import type { ReplyRow } from '../replies/reply-row.ts'
import { untilNextTurn } from '../steps.ts'
import { insertRowTx, rowsOf, type Row } from './rows.ts'

const step = 500

/** When each pull left and which run it belonged to: a merge of older pulls looks there. */
export async function copyLedger(live: Connection, shadow: Connection, replies: readonly ReplyRow[]): Promise<void> {
  for (let start = 0; start < replies.length; start += step) {
    const attempts = replies.slice(start, start + step).map(({ attempt }) => attempt)
    await shadow.write(() => {
      for (const row of rowsOf<Row>(live, 'attempts', 'id', attempts)) insertRowTx(shadow, 'attempts', row)
      const requests = replies.slice(start, start + step).map(({ request }) => request)
      for (const row of rowsOf<Row>(live, 'requests', 'id', [...new Set(requests)]))
        if (shadow.get('SELECT 1 FROM requests WHERE id = ?', [Number(row['id'])]) === undefined)
          insertRowTx(shadow, 'requests', row)
    })
    await untilNextTurn()
  }
}
