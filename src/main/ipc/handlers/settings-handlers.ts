import type { settingsRoutes } from '#shared/contract/settings.ts'
import type { Handlers } from '#shared/rpc/route.ts'
import type { WindowParts } from '../window-parts.ts'

export function settingsHandlers(parts: WindowParts): Handlers<typeof settingsRoutes> {
  const { settings, vault, notices, desk } = parts
  return {
    'settings.get': () => settings.get(),
    'settings.set': (change) => settings.set(change),
    'vault.state': () => vault.state(),
    'vault.setUp': ({ passphrase, secretsThisRunOnly }) => vault.setUp(passphrase, secretsThisRunOnly),
    'vault.unlock': ({ passphrase }) => vault.unlock(passphrase),
    'vault.recover': ({ recoveryCode, passphrase }) => vault.recover(recoveryCode, passphrase),
    'vault.recoveryCode': async () => ({ recoveryCode: await vault.recoveryCode() }),
    'vault.printRecoveryCode': async () => ({ printed: await desk.printRecoveryCode(await vault.recoveryCode()) }),
    'app.info': () => desk.info(),
    'app.notices': () => notices.list(),
    'app.dismissNotice': ({ id }) => {
      notices.dismiss(id)
      return {}
    },
    'app.openLink': async ({ link }) => {
      await desk.openLink(link)
      return {}
    },
    'app.copy': ({ text }) => {
      desk.copy(text)
      return {}
    },
  }
}
