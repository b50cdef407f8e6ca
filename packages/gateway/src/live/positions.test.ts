import { pino } from 'pino'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { runningJob } from '../../test/support/running-job.ts'
import type { Run } from '../runs/run-store.ts'
import { createPositions } from './positions.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const waiting = (id: string, different: Partial<Run> = {}): Run => {
  const place = { engine: 'bullmq', queue: 'mine', taskId: `task ${id}` }
  return runningJob(id, { status: 'pending', ...place, ...different })
}

/** Positions of a queue that a test fills. */
function follow() {
  const queue: string[] = []
  const wanted = new Set<string>()
  const reads: (readonly string[])[] = []
  const moves: [string, number | null | undefined][] = []
  const hanging = new Set<string>()
  let isAway = false
  const positions = createPositions({
    read: async ({ queue: name }, taskIds) => {
      reads.push([name, ...taskIds])
      if (hanging.has(name)) return new Promise(() => undefined)
      if (isAway) throw new Error('away')
      return new Map(queue.map((id, index) => [id, index + 1]))
    },
    isWanted: (id) => wanted.has(id),
    moved: ({ id, position }) => void moves.push([id, position]),
    logger: pino({ level: 'silent' }),
  })
  const see = (run: Run): Run => {
    wanted.add(run.id)
    return positions.follow(run)
  }
  const setAway = (away: boolean): void => {
    isAway = away
  }
  const hang = (name: string): void => void hanging.add(name)
  return { positions, queue, wanted, reads, moves, see, setAway, hang }
}

it('reads each queue once a second, for all that are watched, and only tells of moves', async () => {
  const { queue, reads, moves, see } = follow()
  queue.push('task b', 'other', 'task a')
  see(waiting('a'))
  see(waiting('b'))
  see(waiting('c', { queue: 'theirs' }))
  await vi.advanceTimersByTimeAsync(0)
  expect(reads).toEqual([
    ['mine', 'task a', 'task b'],
    ['theirs', 'task c'],
  ])
  expect(moves).toEqual([
    ['a', 3],
    ['b', 1],
  ])
  queue.shift()
  await vi.advanceTimersByTimeAsync(999)
  expect(reads).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(1)
  expect(reads).toHaveLength(4)
  expect(moves.slice(2)).toEqual([
    ['a', 2],
    ['b', null],
  ])
  await vi.advanceTimersByTimeAsync(1_000)
  expect(moves).toHaveLength(4)
})

it('reads nothing while nobody watches what waits', async () => {
  const { wanted, reads, see } = follow()
  see(runningJob('r'))
  see(waiting('w', { kind: 'workflow' }))
  see(waiting('s', { queue: null }))
  await vi.advanceTimersByTimeAsync(5_000)
  expect(reads).toEqual([])
  see(waiting('a'))
  see(waiting('b'))
  await vi.advanceTimersByTimeAsync(0)
  see(waiting('a', { status: 'running', taskId: null, revision: 2 }))
  wanted.delete('b')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(reads).toEqual([['mine', 'task a', 'task b']])
})

it('knows the last place of a run, until it waits no more', async () => {
  const { positions, queue, see } = follow()
  queue.push('task a')
  expect(see(waiting('a')).position).toBeUndefined()
  await vi.advanceTimersByTimeAsync(0)
  expect(positions.place(waiting('a')).position).toBe(1)
  expect(see(waiting('a', { revision: 2 })).position).toBe(1)
  const taken = waiting('a', { status: 'running', taskId: null })
  expect(positions.place(taken).position).toBeUndefined()
  expect(see(taken).position).toBeUndefined()
  expect(positions.place(waiting('a')).position).toBeUndefined()
})

it('keeps the places while the queue does not answer', async () => {
  const { queue, moves, see, setAway } = follow()
  queue.push('task a')
  see(waiting('a'))
  await vi.advanceTimersByTimeAsync(0)
  setAway(true)
  await vi.advanceTimersByTimeAsync(3_000)
  setAway(false)
  queue.unshift('other')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(moves).toEqual([
    ['a', 1],
    ['a', 2],
  ])
})

it('a queue that does not answer holds up no other, and is asked again after ten seconds', async () => {
  const { reads, moves, queue, see, hang } = follow()
  queue.push('task a')
  hang('theirs')
  see(waiting('c', { queue: 'theirs' }))
  see(waiting('a'))
  await vi.advanceTimersByTimeAsync(0)
  expect(moves).toEqual([['a', 1]])
  queue.unshift('other')
  await vi.advanceTimersByTimeAsync(5_000)
  expect(moves).toEqual([
    ['a', 1],
    ['a', 2],
  ])
  const readsOf = (name: string) => reads.filter(([read]) => read === name).length
  expect(readsOf('theirs')).toBe(1)
  await vi.advanceTimersByTimeAsync(6_000)
  expect(readsOf('theirs')).toBe(2)
})
