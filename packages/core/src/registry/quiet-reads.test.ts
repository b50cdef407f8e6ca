import { describe, expect, it } from 'vitest'
import { jobCell } from '../../test/support/cells.ts'
import { createFakeTime } from '../testing/fake-time.ts'
import type { Cell } from './cell.ts'
import { createQuietReads } from './quiet-reads.ts'

/** Quiet reads of the cells, which began at 0 ms; the first silence is 5 s. */
function create(...cells: Cell[]) {
  const { scheduler, advance } = createFakeTime()
  const followed = new Set(cells)
  const reads: string[] = []
  const options = { quietMs: 5_000, scheduler, elapsed: () => scheduler.now() }
  const quietReads = createQuietReads(options, followed)
  const start = (): void =>
    quietReads.start(({ item }) => void reads.push(`${scheduler.now() / 1_000} ${item.id}`))
  start()
  return { ...quietReads, start, followed, reads, advance }
}

const [a, b] = [jobCell('a'), jobCell('b')]

describe('a target that the server says nothing about', () => {
  it('is read after ever longer silences, if each read is answered', async () => {
    const { reads, onAnswer, advance } = create(a)
    for (let second = 1; second <= 160; second += 1) {
      const before = reads.length
      await advance(1_000)
      if (reads.length > before) onAnswer(a)
    }
    // Silences of 5, 10, 20, 40 and 80 seconds.
    expect(reads).toEqual(['5 a', '15 a', '35 a', '75 a', '155 a'])
  })

  it('is read every five minutes at least', async () => {
    const { reads, onAnswer, advance } = create(a)
    const seconds: number[] = []
    for (let passed = 0; passed < 3_000; passed += 5) {
      const before = reads.length
      await advance(5_000)
      if (reads.length === before) continue
      seconds.push(Number.parseInt(reads.at(-1) ?? '', 10))
      onAnswer(a)
    }
    const gaps = seconds.map((second, index) => second - (seconds[index - 1] ?? 0))
    expect(Math.max(...gaps)).toBe(300)
    expect(gaps.slice(-3)).toEqual([300, 300, 300])
  })

  it('is read at the next look when it came late', async () => {
    const { reads, followed, onAnswer, advance } = create()
    await advance(7_000)
    followed.add(a)
    onAnswer(a)
    await advance(5_000)
    expect(reads).toEqual([])
    await advance(3_000)
    expect(reads).toEqual(['15 a'])
  })

  it('is not read once it is not followed any more', async () => {
    const { reads, followed, advance } = create(a, b)
    followed.delete(a)
    await advance(5_000)
    expect(reads).toEqual(['5 b'])
  })
})

describe('a push', () => {
  it('begins a silence, as short as the first one', async () => {
    const { reads, onPush, onAnswer, advance } = create(a, b)
    await advance(5_000)
    for (const cell of [a, b]) onAnswer(cell)
    onPush(a)
    await advance(5_000)
    expect(reads).toEqual(['5 a', '5 b', '10 a'])
    await advance(5_000)
    expect(reads.at(-1)).toBe('15 b')
  })

  it('of frequent news: the target is never read', async () => {
    const { reads, onPush, advance } = create(a)
    for (let second = 0; second < 60; second += 1) {
      await advance(1_000)
      onPush(a)
    }
    expect(reads).toEqual([])
  })
})

it('stop() ends the reads; start() begins them anew, once', async () => {
  const { reads, start, stop, advance } = create(a)
  stop()
  await advance(60_000)
  expect(reads).toEqual([])
  start()
  start()
  await advance(5_000)
  expect(reads).toEqual(['65 a'])
})
