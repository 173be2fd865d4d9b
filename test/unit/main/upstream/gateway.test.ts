import { describe, expect, it } from 'vitest'
import { documentedGateway, gatewayUrl } from '#main/upstream/gateway.ts'

describe('the gateway', () => {
  it('is the documented one where none is set', () => {
    expect(gatewayUrl('').href).toBe(documentedGateway)
  })

  it.each([
    'https://api.example/order',
    'http://localhost:8080/order',
    'http://127.0.0.1:1/',
    'http://127.8.9.10/order',
    'http://[::1]:8080/order',
  ])('may be %s', (address) => {
    expect(gatewayUrl(address).href).toBe(address)
  })

  it.each([
    'http://api.bjjii.com/api/gth/syc/order',
    'http://127.0.0.1.evil.example/',
    'http://localhost.evil.example/',
    'http://192.168.1.2/order',
    'ftp://127.0.0.1/',
    'file:///etc/passwd',
    'https://user:pass@api.example/',
    'https://api.example/order?key=1',
    'https://api.example/order#top',
    'no address',
  ])('may not be %s', (address) => {
    expect(() => gatewayUrl(address)).toThrow(expect.objectContaining({ code: 'gatewayNotAllowed' }))
  })
})
