import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What axe finds serious or critical on the page as it is now, one line each: rule, what is wrong, where. */
export async function seriousFindings(page: Page): Promise<string[]> {
  // Through the devtools, so that the page's own policy against foreign scripts stays as strict as it is.
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(source)
  const results = (await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(rules)}, resultTypes: ['violations'] })`,
  )) as AxeResults
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, any }) => `${id}: ${help} · ${target.join(' ')} · ${any[0]?.message ?? ''}`),
    )
}
