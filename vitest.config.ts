import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/** Real processes and windows on a shared machine: in CI a failure has to happen twice to count. Units get one try. */
const retry = process.env['CI'] === undefined ? 0 : 1

/** Four kinds of test. e2e opens real windows, one file at a time. */
export default defineConfig({
  plugins: [vue()],
  test: {
    reporters: ['default', './test/support/closing-line.ts'],
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/unit/**/*.test.ts'], exclude: ['test/unit/renderer/**'] },
      },
      {
        extends: true,
        test: { name: 'renderer', include: ['test/unit/renderer/**/*.test.ts'], environment: 'happy-dom' },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          retry,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/support/electron-setup.ts'],
          fileParallelism: false,
          retry,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
