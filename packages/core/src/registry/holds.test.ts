import { describe, expect, it, vi } from 'vitest'
import { complete } from '../../test/support/cells.ts'
import { jobKind } from '../kinds/job-kind.ts'
import { createFakeTime } from '../testing/fake-time.ts'
import type { Cell } from './cell.ts'
import { createCellMap } from './cell-map.ts'
import { createHolds } from './holds.ts'

/** A page that keeps a cell for 1 s after its last release, and for 30 s after `ready()`. */
function create() {
  const { scheduler, advance } = createFakeTime()
  const cells = createCellMap()
  const log: string[] = []
  let isClosed = false
  const holds = createHolds({ scheduler, keepAliveMs: 1_000, lingerMs: 30_000 }, cells, {
    follow: ({ item }) => void log.push(`follow ${item.id}`),
    unfollow: ({ item }) => void log.push(`${scheduler.now()} unfollow ${item.id}`),
    isClosed: () => isClosed,
  })
  const toArgs = (id: string) => [jobKind.toTarget(id), () => jobKind.toFold(id, true)] as const
  const close = (): void => {
    isClosed = true
    holds.close()
  }
  return {
    ...holds,
    hold: (id: string, onDropped?: () => void): Cell => holds.hold(...toArgs(id), onDropped),
    whenReady: (id: string): Promise<void> => holds.whenReady(...toArgs(id)),
    close,
    reopen: () => {
      isClosed = false
    },
    has: (id: string): boolean => cells.get('job', id) !== undefined,
    log,
    advance,
  }
}

describe('a cell', () => {
  it('is created by the first who holds it, and shared by the others', () => {
    const { hold, log } = create()
    const a = hold('a')
    expect(a.view).toMatchObject({ jobId: 'a', loading: true })
    expect(hold('a')).toBe(a)
    expect(hold('b')).not.toBe(a)
    expect(log).toEqual(['follow a', 'follow a', 'follow b'])
  })

  it('is dropped a while after its last release', async () => {
    const { hold, release, has, log, advance } = create()
    const onDropped = vi.fn()
    const a = hold('a', onDropped)
    hold('a')
    release(a)
    await advance(5_000)
    expect(has('a')).toBe(true)
    release(a)
    await advance(999)
    expect(onDropped).not.toHaveBeenCalled()
    await advance(1)
    expect(has('a')).toBe(false)
    expect(onDropped).toHaveBeenCalledTimes(1)
    expect(log.at(-1)).toBe('6000 unfollow a')
  })

  it('of a run that has ended is dropped at once', () => {
    const { hold, release, has } = create()
    const a = hold('a')
    complete(a)
    release(a)
    expect(has('a')).toBe(false)
  })

  it('that is held again in time is kept', async () => {
    const { hold, release, has, advance } = create()
    const a = hold('a')
    release(a)
    await advance(900)
    expect(hold('a')).toBe(a)
    await advance(60_000)
    expect(has('a')).toBe(true)
  })

  it('that is held and released again is kept for the whole while', async () => {
    const { hold, release, log, advance } = create()
    const a = hold('a')
    release(a)
    await advance(900)
    hold('a')
    release(a)
    await advance(60_000)
    expect(log.at(-1)).toBe('1900 unfollow a')
  })

  it('that is held again after it was dropped is another one', async () => {
    const { hold, release, has, advance } = create()
    const a = hold('a')
    complete(a)
    release(a)
    const next = hold('a')
    expect(next).not.toBe(a)
    await advance(60_000)
    expect(has('a')).toBe(true)
  })

  it('is dropped with all that were released in the same turn', async () => {
    const { hold, release, log, advance } = create()
    for (const cell of ['a', 'b', 'c'].map((id) => hold(id))) release(cell)
    await advance(1_000)
    expect(log.slice(3)).toEqual(['1000 unfollow a', '1000 unfollow b', '1000 unfollow c'])
  })
})

describe('whenReady()', () => {
  it('resolves with the first answer, for all callers at once', async () => {
    const { hold, whenReady, advance } = create()
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
    const { hold, whenReady } = create()
    const ready = whenReady('a')
    const sync = { status: 'refused', since: 0, reason: 'FORBIDDEN' } as const
    hold('a').dispatch({ type: 'syncChanged', sync })
    await ready
  })

  it('follows the target for a while longer: the page renders next', async () => {
    const { hold, release, whenReady, has, advance } = create()
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

  it('asks once more for a target that was dropped', async () => {
    const { hold, release, whenReady, advance } = create()
    const ready = whenReady('a')
    const a = hold('a')
    complete(a)
    release(a)
    await advance(60_000)
    expect(whenReady('a')).not.toBe(ready)
  })
})

describe('a closed client', () => {
  it('drops at once what is kept for a while, and what is released', () => {
    const { hold, release, close, has } = create()
    const [a, b] = [hold('a'), hold('b')]
    release(a)
    close()
    expect([has('a'), has('b')]).toEqual([false, true])
    release(b)
    expect(has('b')).toBe(false)
  })

  it('that is reopened keeps released cells for a while again', async () => {
    const { hold, release, close, reopen, has, advance } = create()
    close()
    reopen()
    release(hold('a'))
    await advance(999)
    expect(has('a')).toBe(true)
    await advance(1)
    expect(has('a')).toBe(false)
  })
})
