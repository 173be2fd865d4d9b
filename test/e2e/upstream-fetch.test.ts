import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createSecureServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { UpstreamAccount } from '#main/upstream/account.ts'
import { startOddUpstream, type Answering } from '../support/odd-upstream.ts'
import { selfSigned } from '../support/self-signed.ts'
import { anAccount } from '../support/upstream-account.ts'

const run = promisify(execFile)
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haoka-calls-'))
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      rolldownOptions: {
        input: { app: join(import.meta.dirname, '../fixtures/upstream/calling-app.ts') },
        external: ['electron'],
        output: { entryFileNames: '[name].js' },
      },
    },
  })
  const manifest = { name: 'calls', version: '1.0.0', type: 'module', main: 'app.js' }
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest))
})
afterAll(() => rm(folder, { recursive: true }))

/** Calls for each account over Electron's own network, as the app does. */
async function callFor(accounts: UpstreamAccount[], trustAll = false): Promise<Record<string, unknown>[]> {
  const runtime = inject('runtime')
  const args = [...runtime.args.slice(0, -1), `--user-data-dir=${join(folder, 'profile')}`, folder]
  const env = { ...process.env, ...runtime.env, CALLS: JSON.stringify({ accounts, trustAll }) }
  const { stdout } = await run(runtime.executable, args, { env, timeout: 60_000, killSignal: 'SIGKILL' })
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
}

const ok: Answering = (_request, response) => void response.end('{"code":200}')

describe('a call over Electron’s network', () => {
  it.each(['GET', 'POST'] as const)('sends what Node sends: %s', async (method) => {
    await using upstream = await startOddUpstream((_request, response) => {
      const headers = { 'content-encoding': 'gzip', 'set-cookie': 'session=1', date: 'Sun, 01 Jun 2025 12:00:00 GMT' }
      response.writeHead(200, headers).end(gzipSync('{"code":200}'))
    })
    const account = anAccount({
      gateway: upstream.url,
      method,
      name: "张 三~'(!*)",
      password: 'a&b=c+d',
      sk: '56777ab6',
    })
    const replies = await callFor([account, account])
    const date = 'Sun, 01 Jun 2025 12:00:00 GMT'
    expect(replies).toEqual([1, 2].map(() => ({ status: 200, date, body: '{"code":200}' })))
    const seen = upstream.seen[1]!
    expect(seen.method).toBe(method)
    expect(seen.headers).toMatchObject({
      sign: createHash('md5').update(`${seen.query}56777ab6`).digest('hex'),
      'content-type': 'application/x-www-form-urlencoded;charset:utf-8;',
      referer: upstream.url,
    })
    expect(seen.headers).not.toHaveProperty('cookie')
    expect(seen.parameters.get('name')).toBe("张 三~'(!*)")
  })

  it('knows its errors as those of Node', async () => {
    const closed = await startOddUpstream(ok)
    await closed.close()
    await using selfMade = await startOddUpstream(ok, selfSigned('127.0.0.1'))
    await using redirecting = await startOddUpstream((_request, response) => {
      response.writeHead(302, { location: closed.url }).end()
    })
    await using hanging = await startOddUpstream(() => undefined)
    await using breaking = await startOddUpstream((_request, response) => void response.destroy())
    await using cutting = await startOddUpstream((_request, response) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('{"code":200,', () => response.destroy())
    })
    const urls = [closed, selfMade, redirecting, hanging, breaking, cutting].map(({ url }) => url)
    const gateways = [...urls, 'https://no-such-host.invalid/order']
    const results = await callFor(
      gateways.map((gateway) => anAccount({ gateway, timeoutMs: 1_500, key: 'my-secret-key' })),
    )
    expect(results.map(({ code, didNothing }) => [code, didNothing])).toEqual([
      ['network', true],
      ['tls', true],
      ['redirected', false],
      ['timeout', false],
      ['network', false],
      ['network', false],
      ['network', true],
    ])
    expect(selfMade.seen, 'no key goes to a server that cannot prove its name').toEqual([])
    expect(JSON.stringify(results)).not.toContain('my-secret-key')
  })
})

describe('a connection that breaks on its second call', () => {
  it('does not make Chromium send the call again', async () => {
    await using upstream = await startOddUpstream((_request, response, index) => {
      if (index === 0) response.end('{}')
      else response.destroy()
    })
    const account = anAccount({ gateway: upstream.url })
    const results = await callFor([account, account])
    expect(results).toMatchObject([{ status: 200 }, { code: 'network', didNothing: false }])
    expect(upstream.seen).toHaveLength(2)
  })

  it('does not either where the server would speak HTTP/2', async () => {
    let calls = 0
    const server = createSecureServer({ ...selfSigned('127.0.0.1'), allowHTTP1: true }, (request, response) => {
      calls += 1
      if (calls === 1) return void response.end('{}')
      return request.httpVersionMajor === 2 ? request.stream.session?.destroy() : request.socket.destroy()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const account = anAccount({ gateway: `https://127.0.0.1:${port}/order` })
    const results = await callFor([account, account], true)
    server.close()
    expect(results).toMatchObject([{ status: 200 }, { code: 'network', didNothing: false }])
    expect(calls).toBe(2)
  })
})
