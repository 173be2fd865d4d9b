import { describe, expect, it } from 'vitest'
import { isOwnSender } from '#main/ipc/sender.ts'

const dev = 'http://localhost:5173'

describe('who may call main', () => {
  it.each([
    ['the page itself', 'app://bundle/', true, null, true],
    ['the page at a route of its own', 'app://bundle/index.html#/orders', true, null, true],
    ['the dev server where there is one', 'http://localhost:5173/#/orders', true, dev, true],
    ['a frame within the page', 'app://bundle/', false, null, false],
    ['the dev server where there is none', 'http://localhost:5173/', true, null, false],
    ['another port of the dev server', 'http://localhost:5174/', true, dev, false],
    ['another host of the scheme', 'app://other/', true, null, false],
    ['a host that begins alike', 'app://bundle.evil/', true, null, false],
    ['a user name before the host', 'app://bundle@evil/', true, null, false],
    ['a user name before our host', 'app://evil@bundle/', true, null, false],
    ['a web page', 'https://bundle/', true, null, false],
    ['a file', 'file:///app/index.html', true, null, false],
    ['a data page', 'data:text/html,app://bundle/', true, null, false],
    ['an empty frame', 'about:blank', true, null, false],
    ['a srcdoc frame', 'about:srcdoc', true, null, false],
    ['a frame without an address', '', true, null, false],
    ['nonsense', 'app//bundle', true, null, false],
  ])('%s', (_title, url, mainFrameOfWindow, devServerUrl, allowed) => {
    expect(isOwnSender({ url, mainFrameOfWindow }, devServerUrl)).toBe(allowed)
  })
})
