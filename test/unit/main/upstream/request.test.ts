import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { httpBuildQuery } from '#domain/php-query.ts'
import { callParameters } from '#main/upstream/parameters.ts'
import { buildCall } from '#main/upstream/request.ts'
import { anAccount } from '../../../support/upstream-account.ts'

const incremental = { type: 'own', channel: 'sync', range: null } as const

describe('a call', () => {
  it('is a GET with the query in the URL, headers as on the API page', () => {
    const call = buildCall(anAccount({ sk: 'secret' }), incremental)
    expect(call).toMatchObject({
      method: 'GET',
      body: null,
      url: 'https://api.bjjii.com/api/gth/syc/order?key=the-key&type=1&channels=1',
    })
    expect(call.headers).toMatchObject({
      'content-type': 'application/x-www-form-urlencoded;charset:utf-8;',
      referer: 'https://api.bjjii.com/api/gth/syc/order',
      sign: createHash('md5').update('key=the-key&type=1&channels=1secret').digest('hex'),
    })
  })

  it('has the query as its body when it is a POST', () => {
    const call = buildCall(anAccount({ method: 'POST' }), incremental)
    expect(call).toMatchObject({
      url: 'https://api.bjjii.com/api/gth/syc/order',
      body: 'key=the-key&type=1&channels=1',
    })
  })

  it('is not signed without an SK', () => {
    expect(buildCall(anAccount(), incremental).headers).not.toHaveProperty('sign')
  })

  it('says where it goes without a word of what it carries', () => {
    const call = buildCall(anAccount({ token: 'tttt', sk: 'ssss' }), incremental)
    expect(call.where).toBe('api.bjjii.com/api/gth/syc/order')
  })

  it('keeps the signed bytes through URL parsing, whatever the values', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (password, name) => {
        const account = anAccount({ name, password, sk: 'sk' })
        const url = new URL(buildCall(account, incremental).url)
        expect(url.href.split('?').slice(1).join('?')).toBe(httpBuildQuery(callParameters(account, incremental)))
      }),
    )
  })
})
