import { appendFileSync } from 'node:fs'

/**
 * The real database process, which first writes down its number: the campaign kills it by that, however early, and
 * looks at the end whether anything was left behind.
 */
const ledger = process.env['CRASH_LEDGER']
if (ledger !== undefined) appendFileSync(ledger, `${process.pid}\n`)
await import('#database/main.ts')
