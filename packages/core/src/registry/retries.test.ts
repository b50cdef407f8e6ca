import { describe, expect, it } from 'vitest'
import { jobCell } from '../../test/support/cells.ts'
import { createFakeTime } from '../testing/fake-time.ts'
import { createRetries } from './retries.ts'

/** Waits whose random numbers are 0.5, unless given in order. */
function create(chances: number[] = []) {
  const { scheduler, advance } = createFakeTime()
  const due: string[] = []
  let draws = 0
  const random = (): number => {
    draws += 1
    return chances.shift() ?? 0.5
  }
  const options = { scheduler, random, elapsed: () => scheduler.now() }
  const retries = createRetries(options, (cells) => {
    due.push(`${scheduler.now()} ${cells.map(({ item }) => item.id).join(' ')}`)
  })
  return { retries, advance, due, draws: () => draws }
}

const [a, b, c] = [jobCell('a'), jobCell('b'), jobCell('c')]

describe('a wait', () => {
  it.each<[attempt: number, retryAfterMs: number | null, expectedMs: number]>([
    [1, null, 250],
    [2, null, 500],
    [3, null, 1_000],
    [6, null, 8_000],
    // The longest bound is 20 s.
    [7, null, 10_000],
    [40, null, 10_000],
    // Never less than the server asked for, and at most an hour for its sake.
    [1, 100, 250],
    [1, 3_000, 3_000],
    [3, 1_000_000_000, 3_600_000],
  ])('before attempt %i, with Retry-After %s: %i ms', async (attempt, retryAfterMs, expectedMs) => {
    const { retries, advance, due } = create()
    retries.add(a, attempt, retryAfterMs)
    await advance(expectedMs - 1)
    expect(due).toEqual([])
    await advance(1)
    expect(due).toEqual([`${expectedMs} a`])
  })

  it('is the same for cells that fail in one turn, so that they go out together', async () => {
    const { retries, advance, due, draws } = create([0.1, 0.9])
    for (const cell of [a, b]) retries.add(cell, 2, null)
    await advance(20_000)
    expect(due).toEqual(['100 a b'])
    expect(draws()).toBe(1)
  })

  it('is another one for cells that fail in another turn', async () => {
    const { retries, advance, due } = create([0.9, 0.1])
    retries.add(a, 2, null)
    await advance(50)
    retries.add(b, 2, null)
    await advance(20_000)
    expect(due).toEqual(['150 b', '900 a'])
  })

  it('of an hour holds up no cell that waits for a moment', async () => {
    const { retries, advance, due } = create()
    retries.add(a, 1, 3_600_000)
    for (const cell of [b, c]) retries.add(cell, 1, null)
    await advance(3_600_000)
    expect(due).toEqual(['250 b c', '3600000 a'])
  })

  it('that is given again replaces the one before', async () => {
    const { retries, advance, due } = create()
    retries.add(a, 1, null)
    await advance(100)
    retries.add(a, 2, null)
    await advance(20_000)
    expect(due).toEqual(['600 a'])
  })
})

describe('a cell', () => {
  it('that is deleted is not tried; the others are', async () => {
    const { retries, advance, due } = create()
    for (const cell of [a, b]) retries.add(cell, 1, null)
    await advance(1)
    retries.delete(a)
    await advance(20_000)
    expect(due).toEqual(['250 b'])
  })

  it('that is due may be added again at once', async () => {
    const { scheduler, advance } = createFakeTime()
    const times: number[] = []
    const options = { scheduler, random: () => 0.5, elapsed: () => scheduler.now() }
    const retries = createRetries(options, ([cell]) => {
      times.push(scheduler.now())
      if (cell && times.length < 3) retries.add(cell, times.length + 1, null)
    })
    retries.add(a, 1, null)
    await advance(60_000)
    expect(times).toEqual([250, 750, 1_750])
  })
})

describe('after close()', () => {
  it.each([0, 100])('no cell is tried, %i ms after it was added', async (ms) => {
    const { retries, advance, due } = create()
    retries.add(a, 1, null)
    if (ms > 0) await advance(ms)
    retries.close()
    await advance(60_000)
    expect(due).toEqual([])
  })

  it('no cell is tried that is added later', async () => {
    const { retries, advance, due } = create()
    retries.close()
    retries.add(a, 1, null)
    await advance(60_000)
    expect(due).toEqual([])
  })
})
