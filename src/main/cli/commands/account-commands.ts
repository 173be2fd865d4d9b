import { z } from 'zod'
import { orderTypes } from '#domain/vocabulary.ts'
import { accountSettingsSchema, secretsInputSchema } from '#shared/contract/accounts.ts'
import { limits } from '#shared/contract/common.ts'
import type { Services } from '../../services.ts'
import type { CommandNamed } from '../command.ts'
import { done, type CommandResult } from '../command-result.ts'
import { usageError } from '../usage-error.ts'

const settings = accountSettingsSchema.shape
const text = z.string().max(limits.text)

/** What `account add --json -` reads. Everything but label and key may be left out; an unknown name is a mistake. */
const accountInputSchema = z.strictObject({
  label: settings.label,
  key: text.trim().min(1),
  name: settings.name.default(''),
  password: text.optional(),
  token: text.optional(),
  sk: text.optional(),
  apiUrl: text.optional(),
  apiToken: text.optional(),
  apiUser: settings.apiUser.default(''),
  apiPwd: text.optional(),
  gateway: settings.gateway.default(''),
  method: settings.method.default('GET'),
  timeoutMs: settings.timeoutMs.default(60_000),
  /** What `npm run practice` prints beside an account's values, so that its line with a label is an account too. */
  control: z.unknown().optional(),
})

const inputBytes = 65_536

/** Throws usage, accountLabelTaken, accountIncomplete, gatewayNotAllowed, and what opening the data throws. */
export async function addAccount(
  services: Services,
  stdin: AsyncIterable<Uint8Array | string>,
): Promise<CommandResult> {
  const input = parseInput(await readAll(stdin))
  const { label, name, apiUser, gateway, method, timeoutMs, control: _control, ...secrets } = input
  const account = await services.accounts.save({
    settings: {
      label,
      types: [...orderTypes],
      gateway,
      method,
      timeoutMs,
      name,
      apiUser,
      sharedWithOthers: false,
    },
    secrets: secretsInputSchema.parse(secrets),
  })
  return done({ account })
}

export function listAccounts(services: Services): CommandResult {
  return done({ accounts: services.accounts.list() })
}

export async function removeAccount(
  services: Services,
  command: CommandNamed<'account remove'>,
): Promise<CommandResult> {
  const { id } = services.accounts.byLabel(command.account)
  const { removed } = await services.accounts.remove(id, command.withData)
  return done({ removed })
}

/** The paths of what is wrong, never a value: it may be a secret. */
function parseInput(json: string): z.infer<typeof accountInputSchema> {
  let value: unknown
  try {
    value = JSON.parse(json.replace(/^\uFEFF/, ''))
  } catch {
    throw usageError('badJson', '--json -')
  }
  const parsed = accountInputSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const wrong = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => key.slice(0, 40)) : [issue.path.join('.')],
  )
  throw usageError('badJson', `--json - (${wrong.filter((path) => path !== '').join(', ') || 'JSON'})`)
}

async function readAll(stdin: AsyncIterable<Uint8Array | string>): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of stdin) {
    const buffer = Buffer.from(chunk as Uint8Array)
    bytes += buffer.length
    if (bytes > inputBytes) throw usageError('tooLong', '--json -')
    chunks.push(buffer)
  }
  return Buffer.concat(chunks).toString('utf8')
}
