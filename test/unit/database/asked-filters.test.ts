import { describe, expect, it } from 'vitest'
import { AskedFilters } from '#database/orders/asked-filters.ts'

/** Work of many pieces, each longer than a slice. */
async function work(pause: ReturnType<AskedFilters['pauseFor']>, pieces: number): Promise<number> {
  let done = 0
  for (; done < pieces; done += 1) {
    const until = performance.now() + 14
    while (performance.now() < until);
    await pause()
  }
  return done
}

describe('work for a filter', () => {
  it('goes on while somebody waits for it, whatever is shown meanwhile', async () => {
    const asked = new AskedFilters()
    asked.show('other')
    await expect(asked.asking('one', () => work(asked.pauseFor('one'), 3))).resolves.toBe(3)
  })

  it('goes on in the background while its list is the one that is shown', async () => {
    const asked = new AskedFilters()
    asked.show('one')
    await expect(work(asked.pauseFor('one'), 3)).resolves.toBe(3)
  })

  it('is given up once another list is shown and nobody waits for it', async () => {
    const asked = new AskedFilters()
    asked.show('one')
    const background = work(asked.pauseFor('one'), 50)
    asked.show('other')
    await expect(background).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('is given up once the call that waits for it is cancelled', async () => {
    const asked = new AskedFilters()
    const call = new AbortController()
    const waiting = asked.asking('one', () => work(asked.pauseFor('one'), 50), call.signal)
    call.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
  })
})
