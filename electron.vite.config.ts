import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import { noncePlaceholder } from './src/main/protocol/content-security-policy.ts'

/**
 * Three builds. Everything is bundled except Electron and the SQLite addon (the only entry of `dependencies`): a bundled
 * main starts faster. Targets are those of the oldest runtime the app is tried on, so that one build runs on both.
 */
const node = 'node20.18'
const chrome = 'chrome130'

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: node,
      rolldownOptions: {
        input: {
          index: 'src/main/index.ts',
          database: 'src/database/main.ts',
          practice: 'src/practice/main.ts',
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: node,
      // A sandboxed preload is CommonJS and has no node_modules.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [vue()],
    // The protocol handler replaces the placeholder by a nonce of its own for every document.
    html: { cspNonce: noncePlaceholder },
    build: {
      outDir: 'out/renderer',
      target: chrome,
      minify: true,
      // Everything is on this disk: preloading and inlining only cost start-up and CSP exceptions.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rolldownOptions: { input: 'src/renderer/index.html' },
    },
  },
})
