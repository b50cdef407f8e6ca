import { describe, expect, it, vi } from 'vitest'
import { complete } from '../../test/support/cells.ts'
import { createHolding } from '../../test/support/holding.ts'

describe('a cell', () => {
  it('is created by the first hold, and shared by the others', () => {
    const { hold, log } = createHolding()
    const a = hold('a')
    expect(a.view).toMatchObject({ jobId: 'a', loading: true })
    expect(hold('a')).toBe(a)
    expect(hold('b')).not.toBe(a)
    expect(log).toEqual(['follow a', 'follow a', 'follow b'])
  })

  it('is dropped a while after its last release', async () => {
    const { hold, release, has, log, advance } = createHolding()
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
    const { hold, release, has } = createHolding()
    const a = hold('a')
    complete(a)
    release(a)
    expect(has('a')).toBe(false)
  })

  it('that is held again in time is kept', async () => {
    const { hold, release, has, advance } = createHolding()
    const a = hold('a')
    release(a)
    await advance(900)
    expect(hold('a')).toBe(a)
    await advance(60_000)
    expect(has('a')).toBe(true)
  })

  it('that is held and released again is kept for a full second', async () => {
    const { hold, release, log, advance } = createHolding()
    const a = hold('a')
    release(a)
    await advance(900)
    hold('a')
    release(a)
    await advance(60_000)
    expect(log.at(-1)).toBe('1900 unfollow a')
  })

  it('is created anew if it is held after it was dropped', async () => {
    const { hold, release, has, advance } = createHolding()
    const a = hold('a')
    complete(a)
    release(a)
    const next = hold('a')
    expect(next).not.toBe(a)
    await advance(60_000)
    expect(has('a')).toBe(true)
  })

  it('that was dropped early takes no newer cell of its target along', async () => {
    const { hold, release, has, advance } = createHolding()
    const a = hold('a')
    release(a)
    await advance(500)
    hold('a')
    complete(a)
    release(a)
    hold('a')
    await advance(60_000)
    expect(has('a')).toBe(true)
  })

  it('is dropped with all that were released in the same turn', async () => {
    const { hold, release, log, advance } = createHolding()
    for (const cell of ['a', 'b', 'c'].map((id) => hold(id))) release(cell)
    await advance(1_000)
    expect(log.slice(3)).toEqual(['1000 unfollow a', '1000 unfollow b', '1000 unfollow c'])
  })
})

describe('a closed client', () => {
  it('drops at once what is kept for a while, and what is released', () => {
    const { hold, release, close, has } = createHolding()
    const [a, b] = [hold('a'), hold('b')]
    release(a)
    close()
    expect([has('a'), has('b')]).toEqual([false, true])
    release(b)
    expect(has('b')).toBe(false)
  })

  it('that is reopened keeps released cells for a while again', async () => {
    const { hold, release, close, reopen, has, advance } = createHolding()
    close()
    reopen()
    release(hold('a'))
    await advance(999)
    expect(has('a')).toBe(true)
    await advance(1)
    expect(has('a')).toBe(false)
  })
})
