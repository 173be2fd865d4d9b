import { parseArgs } from 'node:util'
import { z } from 'zod'
import { type PracticeSettings, practiceOptionsSchema } from './options.ts'
import { shapeTextSchema } from './reply/shape.ts'
import { type PracticeGateway, startPracticeGateway } from './gateway.ts'
import { faultKinds } from './server/fault.ts'
import { whenOrphaned } from './when-orphaned.ts'

/**
 * `npm run practice -- --port 0 --orders 5000 --seed 1`: a practice upstream in a terminal. One JSON line on stdout
 * with its address and credentials, named as `account add --json -` takes them; the log goes to stderr; runs until
 * SIGINT or SIGTERM.
 */
const usage = `Usage: npm run practice -- [options]
  --port N            0: any free port (default)
  --orders N          orders that exist at the start (5000)      --seed N     (1)
  --days N            days they are spread over (120)            --speed N    practice time, 1 = real time
  --state FILE        keep time and delivered marks over restarts
  --key --name --password --token --sk TEXT   credentials; --no-sk switches the signature check off
  --interval MS       least distance of two calls (1000)         --limit N    calls a day (10000)
  --shape WORDS       ganTanHao jiTuan chinese house, list jsonString innerEnvelope keyed dataList sentence,
                      emptyList emptyString empty; joined by +
  --fault KIND[:N|always[:incremental|ranged]]   may be repeated; ${faultKinds.join(' ')}
  --set NAME=VALUE    any other switch, may be repeated (rangeMeans=updated, olderChanges=true, …)
`

/** Flag → option. */
const numbers = {
  port: 'port',
  orders: 'orders',
  seed: 'seed',
  days: 'historyDays',
  speed: 'speed',
  interval: 'minIntervalMs',
  limit: 'dailyLimit',
}
const texts = { state: 'statePath', key: 'key', name: 'name', password: 'password', token: 'token', sk: 'sk' }

function readOptions(args: string[]): PracticeSettings {
  const flags = [...Object.keys(numbers), ...Object.keys(texts), 'shape']
  const { values } = parseArgs({
    args,
    options: {
      ...Object.fromEntries(flags.map((flag) => [flag, { type: 'string' as const }])),
      'no-sk': { type: 'boolean' },
      help: { type: 'boolean' },
      fault: { type: 'string', multiple: true },
      set: { type: 'string', multiple: true },
    },
  })
  if (values.help) throw new Error('help')
  const given = values as Record<string, unknown>
  const options: Record<string, unknown> = { faults: values.fault?.map(readFault) }
  for (const [flag, option] of Object.entries(texts)) options[option] = given[flag]
  for (const [flag, option] of Object.entries(numbers)) options[option] = number(given[flag])
  if (given.shape !== undefined) options.shape = shapeTextSchema.parse(given.shape)
  if (values['no-sk']) options.sk = null
  for (const [name, value] of (values.set ?? []).map(readSwitch)) options[name] = value
  return practiceOptionsSchema.parse(withoutUndefined(options))
}

function withoutUndefined(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

function number(text: unknown): number | undefined {
  return text === undefined ? undefined : Number(text)
}

/** `cut`, `cut:3`, `error500:always:ranged` */
function readFault(text: string): Record<string, unknown> {
  const [kind, times, only] = text.split(':')
  return withoutUndefined({ kind, times: times === 'always' ? times : number(times), only })
}

/** `name=value`, the value as JSON where it is JSON. */
function readSwitch(text: string): [string, unknown] {
  const at = text.indexOf('=')
  if (at < 0) throw new Error(`--set wants NAME=VALUE, not ${text}`)
  const value = text.slice(at + 1)
  try {
    return [text.slice(0, at), JSON.parse(value)]
  } catch {
    return [text.slice(0, at), value]
  }
}

function announce({ url, credentials, controlUrl, controlToken }: PracticeGateway): void {
  const account = { ...credentials, sk: credentials.sk ?? '', apiUrl: '', apiToken: '', apiUser: '', apiPwd: '' }
  console.log(JSON.stringify({ gateway: url, ...account, control: { url: controlUrl, token: controlToken } }))
  console.error(`practice gateway at ${url}; stop with Ctrl+C`)
}

async function run(): Promise<void> {
  const gateway = await startPracticeGateway(readOptions(process.argv.slice(2)))
  const stop = (): void => void gateway.close().then(() => process.exit(0))
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  whenOrphaned(stop)
  announce(gateway)
}

run().catch((error: unknown) => {
  const wrong = error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : error
  console.error(wrong === 'help' ? usage : `${String(wrong)}\n\n${usage}`)
  process.exitCode = wrong === 'help' ? 0 : 2
})
