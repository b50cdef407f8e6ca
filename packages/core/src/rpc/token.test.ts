import { VirtualTimeScheduler } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { outcomeOf } from '../../test/support/outcome.ts'
import type { TokenSource } from '../options.ts'
import { createFakeTime } from '../testing/fake-time.ts'
import { createToken } from './token.ts'

type Answer = string | null | undefined

const create = (source: TokenSource | undefined, callTimeoutMs = 500) => {
  const { scheduler, advance } = createFakeTime()
  const seen: [token: string | null, isChanged: boolean][] = []
  const token = createToken({ token: source, callTimeoutMs, scheduler }, (...answer) =>
    seen.push(answer),
  )
  const timers = (): number =>
    scheduler instanceof VirtualTimeScheduler
      ? scheduler.actions.filter(({ closed }) => !closed).length
      : Number.NaN
  return { ...token, advance, timers, seen }
}

/** A `token()` that a test answers by hand; `calls` are those so far, with their `force`. */
const byHand = () => {
  const calls: { force: boolean; answer(token: Answer): void; fail(error: Error): void }[] = []
  const source: TokenSource = ({ force }) =>
    new Promise<Answer>((answer, fail) => calls.push({ force, answer, fail }))
  return { source, calls }
}

describe('ask()', () => {
  it('asks each time, without force', async () => {
    const { source, calls } = byHand()
    const { ask, seen } = create(source)
    const asked = [ask(), ask()]
    calls[0]?.answer('a')
    calls[1]?.answer('b')
    expect(await Promise.all(asked)).toEqual(['a', 'b'])
    expect(calls.map(({ force }) => force)).toEqual([false, false])
    expect(seen).toEqual([
      ['a', false],
      ['b', false],
    ])
  })

  it.each([null, undefined, ''])('resolves with null for %j', async (answer) => {
    expect(await create(() => answer).ask()).toBeNull()
  })

  it('resolves with null without a token option, and tells no listener', async () => {
    const { ask, seen } = create(undefined)
    expect(await ask()).toBeNull()
    expect(seen).toEqual([])
  })

  it('rejects as the option does, at once or later', async () => {
    const error = new Error('no network')
    const throws = (): never => {
      throw error
    }
    await expect(create(throws).ask()).rejects.toBe(error)
    await expect(create(() => Promise.reject(error)).ask()).rejects.toBe(error)
  })

  it('shares the answer of a refresh under way', async () => {
    const { source, calls } = byHand()
    const { ask, renew } = create(source)
    const waiting = [renew(null), ask()]
    calls[0]?.answer('new')
    expect(await Promise.all(waiting)).toEqual(['new', 'new'])
    expect(calls).toHaveLength(1)
  })

  it('resolves with the newer answer when an older one comes after it', async () => {
    const { source, calls } = byHand()
    const { ask, seen } = create(source)
    const [older, newer] = [ask(), ask()]
    calls[1]?.answer('bob')
    expect(await newer).toBe('bob')
    calls[0]?.answer('alice')
    expect(await older).toBe('bob')
    expect(seen).toEqual([['bob', false]])
  })
})

describe('renew()', () => {
  it('forces one refresh, for all callers that wait', async () => {
    const { source, calls } = byHand()
    const { renew } = create(source)
    const waiting = [renew(null), renew(null)]
    calls[0]?.answer('new')
    expect(await Promise.all(waiting)).toEqual(['new', 'new'])
    expect(calls.map(({ force }) => force)).toEqual([true])
  })

  it('forces another one once the refresh has ended', async () => {
    let count = 0
    const { renew } = create(() => `t${++count}`)
    expect(await renew(null)).toBe('t1')
    expect(await renew('t1')).toBe('t2')
  })

  it('resolves with the newest token when the refused one is older', async () => {
    const forced: boolean[] = []
    const { ask, renew } = create(({ force }) => {
      forced.push(force)
      return 'new'
    })
    await ask()
    expect(await renew('old')).toBe('new')
    expect(forced).toEqual([false])
  })

  it('resolves with the refused token when there is no other', async () => {
    const { ask, renew } = create(() => 'old')
    await ask()
    expect(await renew('old')).toBe('old')
    expect(await create(undefined).renew('old')).toBe('old')
  })

  it('rejects as the option does; the next one asks again', async () => {
    const error = new Error('no network')
    let isOnline = false
    const { renew } = create(() => (isOnline ? 'new' : Promise.reject(error)))
    await expect(renew(null)).rejects.toBe(error)
    isOnline = true
    expect(await renew(null)).toBe('new')
  })

  it.each([
    ['callTimeoutMs', 500, 500],
    ['30 seconds when calls have no limit', Number.POSITIVE_INFINITY, 30_000],
  ])('rejects after %s; the next one asks again', async (_, callTimeoutMs, limitMs) => {
    const { source, calls } = byHand()
    const { renew, advance } = create(source, callTimeoutMs)
    const first = renew(null)
    first.catch(() => undefined)
    await advance(limitMs - 1)
    expect(await outcomeOf(first)).toBe('pending')
    await advance(1)
    await expect(first).rejects.toThrow(`${limitMs} ms`)
    const second = renew(null)
    calls[1]?.answer('new')
    expect(await second).toBe('new')
  })

  it('leaves no timer once it is answered', async () => {
    const { renew, timers } = create(() => 'new')
    await renew(null)
    expect(timers()).toBe(0)
  })
})

describe('change()', () => {
  it('asks without force, and says that the user changed', async () => {
    const { source, calls } = byHand()
    const { change, seen } = create(source)
    const changed = change()
    calls[0]?.answer('bob')
    expect(await changed).toBe('bob')
    expect(calls[0]?.force).toBe(false)
    expect(seen).toEqual([['bob', true]])
  })

  it('asks although a refresh is under way, whose callers get its answer', async () => {
    const { source, calls } = byHand()
    const { renew, change, seen } = create(source)
    const waiting = renew(null)
    const changed = change()
    calls[1]?.answer('bob')
    expect(await Promise.all([waiting, changed])).toEqual(['bob', 'bob'])
    calls[0]?.answer('alice-2')
    expect(await renew('alice')).toBe('bob')
    expect(seen).toEqual([['bob', true]])
  })

  it('rejects when the option gives no answer in time', async () => {
    const { change, advance } = create(byHand().source)
    const changed = change()
    changed.catch(() => undefined)
    await advance(500)
    expect(await outcomeOf(changed)).toBe('rejected')
  })
})

it('close() rejects everything under way, and leaves no timer', async () => {
  const { renew, change, close, timers } = create(byHand().source)
  const waiting = [renew(null), change()]
  const closed = new Error('closed')
  close(closed)
  for (const promise of waiting) await expect(promise).rejects.toBe(closed)
  expect(timers()).toBe(0)
})
