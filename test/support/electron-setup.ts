import type { TestProject } from 'vitest/node'
import { resolveRuntime, type Runtime } from '../../scripts/runtime/resolve-runtime.ts'
import { hasDisplay, startVirtualDisplay } from '../../scripts/runtime/virtual-display.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    runtime: Runtime
  }
}

/** Once before all e2e tests: the runtime, the build, and a display where there is none. Returns its own end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const runtime = await resolveRuntime()
  const display = hasDisplay() ? null : await startVirtualDisplay()
  if (display !== null) runtime.env = { ...runtime.env, DISPLAY: display.name }
  project.provide('runtime', runtime)
  return async () => display?.stop()
}
