import { describe, expect, it } from 'vitest'
import { contentSecurityPolicy } from '#main/protocol/content-security-policy.ts'
import { devServerUrl } from '#main/protocol/dev-server.ts'

describe("the page's policy", () => {
  it('is exactly the strict one', () => {
    expect(contentSecurityPolicy('abc')).toBe(
      "default-src 'none'; script-src 'self'; style-src-elem 'self' 'nonce-abc'; style-src-attr 'none'; " +
        "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
  })
})

describe('the dev server', () => {
  it.each([
    ['http://localhost:5173', false, 'http://localhost:5173'],
    ['http://127.0.0.1:5173/', false, 'http://127.0.0.1:5173/'],
    ['http://localhost:5173', true, null],
    ['http://example.com:5173', false, null],
    ['http://localhost.example.com', false, null],
    ['https://localhost:5173', false, null],
    ['file:///etc/passwd', false, null],
    ['nonsense', false, null],
    [undefined, false, null],
  ])('%s (packaged: %s) gives %s', (url, packaged, expected) => {
    expect(devServerUrl(packaged, url === undefined ? {} : { ELECTRON_RENDERER_URL: url })).toBe(expected)
  })
})
