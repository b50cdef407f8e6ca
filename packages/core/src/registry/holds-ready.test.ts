import { describe, expect, it, vi } from 'vitest'
import { complete } from '../../test/support/cells.ts'
import { createHolding } from '../../test/support/holding.ts'

describe('whenReady()', () => {
  it('resolves with the first answer, for all callers at once', async () => {
    const { hold, whenReady, advance } = createHolding()
    const ready = whenReady('a')
    expect(whenReady('a')).toBe(ready)
    const onReady = vi.fn()
    void ready.then(onReady)
    await advance(60_000)
    expect(onReady).not.toHaveBeenCalled()
    complete(hold('a'))
    await advance(0)
    expect(onReady).toHaveBeenCalledTimes(1)
  })

  it('resolves with a refusal too', async () => {
    const { hold, whenReady } = createHolding()
    const ready = whenReady('a')
    const sync = { status: 'refused', since: 0, reason: 'FORBIDDEN' } as const
    hold('a').dispatch({ type: 'syncChanged', sync })
    await ready
  })

  it('follows the target for a while longer: the page renders next', async () => {
    const { hold, release, whenReady, has, advance } = createHolding()
    const ready = whenReady('a')
    const a = hold('a')
    const sync = { status: 'live', since: 0, reason: null } as const
    a.dispatch({ type: 'syncChanged', sync })
    await ready
    release(a)
    await advance(30_999)
    expect(has('a')).toBe(true)
    await advance(1)
    expect(has('a')).toBe(false)
  })

  it('releases the target once, though a listener changes it from within', async () => {
    const { hold, whenReady, has, advance } = createHolding()
    const a = hold('a')
    let count = 0
    a.addListener({
      onCellChange() {
        count += 1
        if (count === 1) complete(a)
      },
    })
    const ready = whenReady('a')
    const sync = { status: 'live', since: 0, reason: null } as const
    a.dispatch({ type: 'syncChanged', sync })
    await ready
    await advance(60_000)
    expect(has('a')).toBe(true)
  })

  it('gives a new promise for a target that was dropped', async () => {
    const { hold, release, whenReady, advance } = createHolding()
    const ready = whenReady('a')
    const a = hold('a')
    complete(a)
    release(a)
    await advance(60_000)
    expect(whenReady('a')).not.toBe(ready)
  })

  it('keeps no target of a closed client', async () => {
    const { hold, release, whenReady, close, has } = createHolding()
    close()
    const ready = whenReady('a')
    const a = hold('a')
    const sync = { status: 'stale', since: 0, reason: 'closed' } as const
    a.dispatch({ type: 'syncChanged', sync })
    await ready
    release(a)
    expect(has('a')).toBe(false)
  })
})
