import { expect, it } from 'vitest'
import { refusalName } from '../../../scripts/runtime/declared-electron.ts'

const bare = { PATH: '/bin', HOME: '/home/me' }

it.each(['ELECTRON_MIRROR', 'npm_config_electron_mirror', 'HTTPS_PROXY', 'https_proxy'])(
  'asks again at once when %s is set after a refusal',
  (name) => expect(refusalName({ ...bare, [name]: 'http://127.0.0.1:1/' })).not.toBe(refusalName(bare)),
)

it('knows a refusal again whatever else changes', () => {
  expect(refusalName({ HOME: '/root', LANG: 'C' })).toBe(refusalName(bare))
})
