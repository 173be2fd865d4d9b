import type { Writable } from 'node:stream'
import { translate } from '#shared/locales/index.ts'
import type { Services } from '../services.ts'

/**
 * Says on standard error, in the merchant's language and as soon as it is known, that this PC's clock is wrong: the
 * window has a strip for it, a command has nothing else. Returns the function that stops it.
 */
export function tellClock({ notices, settings }: Pick<Services, 'notices' | 'settings'>, stderr: Writable): () => void {
  const told = new Set<string>()
  return notices.onChanged(() => {
    for (const { id, kind, data } of notices.list()) {
      if (kind !== 'clockSkew' || told.has(id)) continue
      told.add(id)
      stderr.write(`${translate(settings.get().locale, 'common.notices.clockSkew', data)}\n`)
    }
  })
}
