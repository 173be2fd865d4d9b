import path from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bundlePath } from '#main/protocol/bundle-path.ts'

const folder = path.resolve('/opt/app/out/renderer')

describe("the bundle's files", () => {
  it.each([
    ['app://bundle/', 'index.html'],
    ['app://bundle/index.html', 'index.html'],
    ['app://bundle/assets/page-1a2b.js', 'assets/page-1a2b.js'],
    ['app://bundle/assets/a%20b.css?x=1#y', 'assets/a b.css'],
    ['app://bundle/assets/../index.html', 'index.html'],
    ['app://bundle/%2e%2e/%2e%2e/index.html', 'index.html'],
  ])('%s is %s', (url, file) => {
    expect(bundlePath(folder, url)).toBe(path.join(folder, file))
  })

  it.each([
    'app://other/index.html',
    'app://bundle.evil/index.html',
    'app://bundle:80/index.html',
    'file:///etc/passwd',
    'https://bundle/index.html',
    'app:bundle/index.html',
    'not a url',
    '',
    'app://bundle/..%2f..%2fmain%2findex.js',
    'app://bundle/assets/..%2F..%2F..%2Fpackage.json',
    'app://bundle/%2e%2e%2f%2e%2e%2fmain/index.js',
    'app://bundle/..%5c..%5cmain%5cindex.js',
    'app://bundle/assets\\..\\..\\main',
    'app://bundle/C:%5cWindows%5cwin.ini',
    'app://bundle/C:/Windows/win.ini',
    'app://bundle/index.html%00.js',
    'app://bundle/%E0%A4%A',
    'app://bundle/./%2e%2e%2f',
    'app://bundle//index.html',
    'app://bundle/assets/',
  ])('%s is none of them', (url) => {
    expect(bundlePath(folder, url)).toBeNull()
  })

  it('never leaves the folder, whatever the path', () => {
    const piece = fc.constantFrom('..', '.', '%2e', '%2e%2e', '%2f', '%5c', '/', '\\', 'a', '%00', '%25', ':', '%c0%ae')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const file = bundlePath(folder, `app://bundle/${pieces.join('')}`)
        expect(file === null || path.resolve(file).startsWith(folder + path.sep)).toBe(true)
      }),
    )
  })
})
