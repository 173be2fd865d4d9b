import { parseArgs } from 'node:util'
import { changesFigures } from './bench/changes-figures.ts'
import type { Figure } from './bench/figure.ts'
import { filledDatabase, windowQuery } from './bench/database-figures.ts'
import { exportFigures } from './bench/export-figures.ts'
import { listFigures } from './bench/list-figures.ts'
import { mergeFigures } from './bench/merge-figures.ts'
import { statisticsFigures } from './bench/statistics-figures.ts'
import { rerunWait } from './bench/rerun-figures.ts'
import { receiverFigures } from './bench/receiver-figures.ts'
import { startUp } from './bench/start-up.ts'
import { someRows, windowFigures } from './bench/window-figures.ts'
import { say } from './runtime/project.ts'
import { resolveRuntime } from './runtime/resolve-runtime.ts'
import { runScript } from './runtime/run-script.ts'
import { hasDisplay, startVirtualDisplay } from './runtime/virtual-display.ts'

/**
 * `npm run bench [-- --json] [--orders N] [--merge N] [--rerun N]`: each figure beside a peer measured in the same run, medians of
 * several. With --json the last line on stdout is an array of figures. Exit code 1 when a goal is missed.
 */
async function bench(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      json: { type: 'boolean', default: false },
      orders: { type: 'string', default: '1000000' },
      merge: { type: 'string', default: '200000' },
      rerun: { type: 'string', default: '100000' },
    },
  })
  const runtime = await resolveRuntime()
  const display = hasDisplay() ? null : await startVirtualDisplay()
  if (display !== null) runtime.env['DISPLAY'] = display.name
  const figures: Figure[] = []
  const add = (figure: Figure): void => {
    figures.push(figure)
    say(inWords(figure))
  }
  try {
    add(await startUp(runtime))
  } finally {
    await display?.stop()
  }
  for (const figure of await mergeFigures(Number(values.merge))) add(figure)
  for (const figure of await receiverFigures()) add(figure)
  add(await rerunWait(Number(values.rerun)))
  const orders = Number(values.orders)
  const database = await filledDatabase(orders)
  try {
    add(await windowQuery(database, orders))
    for (const figure of await listFigures(database, orders)) add(figure)
    for (const figure of await statisticsFigures(database, orders)) add(figure)
    const rows = await someRows(database)
    for (const figure of await exportFigures(database, orders)) add(figure)
    // Last: it takes the files.
    for (const figure of await windowFigures(runtime, database, rows, orders)) add(figure)
  } finally {
    await database.close()
    database.remove()
  }
  for (const figure of await changesFigures(orders)) add(figure)
  process.stdout.write(values.json ? `${JSON.stringify(figures)}\n` : `${figures.map(inWords).join('\n')}\n`)
  return figures.every((figure) => figure.ok) ? 0 : 1
}

function inWords({ name, value, unit, peer, peerValue, ratio, goal, ok }: Figure): string {
  const beside = peer === null ? '' : `; ${peer}: ${peerValue ?? 'not here'} ${unit}, ratio ${ratio ?? '–'}`
  const kept = goal === null ? '' : `; goal ${goal}: ${ok ? 'kept' : 'MISSED'}`
  return `${name}: ${value} ${unit}${beside}${kept}`
}

await runScript(() => bench(process.argv.slice(2)))
