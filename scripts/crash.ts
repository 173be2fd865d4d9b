import { parseArgs } from 'node:util'
import { z } from 'zod'
import { Campaign } from './crash/campaign.ts'
import { pointOfRound } from './crash/kill-point.ts'
import { say } from './runtime/project.ts'
import { runScript } from './runtime/run-script.ts'

const numbersSchema = z.object({ rounds: z.coerce.number().int().min(1), seed: z.coerce.number().int() })

/**
 * `npm run crash -- --rounds N --seed S`: the real sync and database process against a practice gateway that delivers
 * once, killed at every point of their work, N times over. The last line on stdout is
 * `{rounds, killed, lost, duplicated, wrong}`; exit code 1 unless the last three are 0. A seed brings the same points,
 * operations and world again; the time between a checkpoint and a kill is the machine's own.
 */
async function crash(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { rounds: { type: 'string', default: '40' }, seed: { type: 'string', default: '1' } },
  })
  const { rounds, seed } = numbersSchema.parse(values)
  const campaign = await Campaign.open(seed)
  let played = 0
  let clean = true
  try {
    await campaign.begin()
    for (; played < rounds; played += 1) {
      const isLast = played === rounds - 1
      clean = (await playRound(campaign, { seed, round: played, isLast })) && clean
    }
  } catch (error) {
    clean = false
    say(
      `round ${played} of seed ${seed}, ${pointOfRound(seed, played).name}, broke off: ${error instanceof Error ? error.stack : String(error)}`,
    )
    say(campaign.lastWords())
  }
  await campaign.close({ keep: !clean })
  say(campaign.tally.summary())
  if (!clean) say(`the data stays in ${campaign.folder}`)
  process.stdout.write(`${JSON.stringify(campaign.tally.result(played))}\n`)
  return clean ? 0 : 1
}

/** True when nothing was found. */
async function playRound(
  campaign: Campaign,
  { seed, round, isLast }: { seed: number; round: number; isLast: boolean },
): Promise<boolean> {
  const startedAt = performance.now()
  const findings = await campaign.play(round, isLast)
  const took = ((performance.now() - startedAt) / 1_000).toFixed(1)
  say(`round ${round}: ${pointOfRound(seed, round).name}, ${took} s${findings.length > 0 ? ', NOT CLEAN' : ''}`)
  for (const finding of findings.slice(0, 20)) say(`  ${finding}`)
  return findings.length === 0
}

await runScript(() => crash(process.argv.slice(2)))
