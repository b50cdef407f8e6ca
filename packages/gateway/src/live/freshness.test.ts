import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Run } from '../runs/run-store.ts'
import { createOutboxes, type Outbox } from '../streams/outbox.ts'
import type { Session, Sessions } from '../streams/sessions.ts'
import { createFreshness, watchReads } from './freshness.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** One stream's frames, a `readAll` that ends when the test says so, and a freshness over both. */
function create(dialect: Session['dialect'] = 'headway', isSlow = false) {
  const told: string[] = []
  let flush = (): void => undefined
  const outboxes = createOutboxes((flushAll) => {
    flush = flushAll
  })
  const outbox: Outbox = outboxes.open((batch) => {
    told.push(
      ...[
        ...batch
          .bytes()
          .toString()
          .matchAll(/^event: (\w+)/gm),
      ].map(([, type = '']) => type),
    )
    return !isSlow
  })
  const session = { dialect, outbox } as Session
  const sessions = { all: () => [session] } as unknown as Sessions
  const reads: (() => void)[] = []
  const freshness = createFreshness(
    sessions,
    () => new Promise<void>((resolve) => reads.push(resolve)),
  )
  const turn = async (): Promise<void> => {
    await vi.advanceTimersByTimeAsync(0)
    flush()
  }
  const readAll = async (): Promise<void> => {
    for (const resolve of reads.splice(0)) resolve()
    await turn()
  }
  return { freshness, told, session, outbox, reads, readAll, turn }
}

it('a loss that is over before its time is not told', async () => {
  const { freshness, told, turn } = create()
  freshness.lost('listener', 1_000)
  vi.advanceTimersByTime(999)
  freshness.back('listener')
  vi.advanceTimersByTime(10_000)
  await turn()
  expect([told, freshness.isStale()]).toEqual([[], false])
})

it('one that lasts is told once, and the return once everything was read again', async () => {
  const { freshness, told, readAll, turn } = create()
  freshness.lost('listener', 1_000)
  vi.advanceTimersByTime(600)
  // A second `lost` does not restart the grace period.
  freshness.lost('listener', 1_000)
  vi.advanceTimersByTime(400)
  await turn()
  expect(told).toEqual(['stale'])
  freshness.lost('listener', 1_000)
  freshness.back('listener')
  await turn()
  expect([told, freshness.isStale()]).toEqual([['stale'], true])
  await readAll()
  expect([told, freshness.isStale()]).toEqual([['stale', 'fresh'], false])
})

it('of two sources both have to be back', async () => {
  const { freshness, told, readAll } = create()
  freshness.lost('listener', 10)
  freshness.lost('reads', 20)
  vi.advanceTimersByTime(20)
  freshness.back('listener')
  await readAll()
  expect(told).toEqual(['stale'])
  freshness.back('reads')
  await readAll()
  expect(told).toEqual(['stale', 'fresh'])
})

it('one that is lost again while everything is read is not told to be back; then it is', async () => {
  const { freshness, told, reads, readAll } = create()
  freshness.lost('listener', 10)
  vi.advanceTimersByTime(10)
  freshness.back('listener')
  expect(reads).toHaveLength(1)
  freshness.lost('listener', 10)
  vi.advanceTimersByTime(10)
  await readAll()
  expect(told).toEqual(['stale'])
  freshness.back('listener')
  await readAll()
  expect(told).toEqual(['stale', 'fresh'])
})

it('a session that opens meanwhile is told; one that opens later is not', async () => {
  const { freshness, told, session, readAll, turn } = create()
  freshness.greet(session)
  freshness.lost('listener', 10)
  vi.advanceTimersByTime(10)
  freshness.greet(session)
  await turn()
  expect(told).toEqual(['stale', 'stale'])
  freshness.back('listener')
  await readAll()
  freshness.greet(session)
  await turn()
  expect(told).toEqual(['stale', 'stale', 'fresh'])
})

it('Forge’s clients are told nothing', async () => {
  const { freshness, told, readAll } = create('forge')
  freshness.lost('listener', 10)
  vi.advanceTimersByTime(10)
  freshness.back('listener')
  await readAll()
  expect(told).toEqual([])
})

it('a slow reader hears the last word alone, after what had changed before it', async () => {
  const { freshness, told, outbox, readAll, turn } = create('headway', true)
  outbox.send('job:1', 'event: update\n\n')
  await turn()
  outbox.send('job:1', 'event: gap\n\n')
  freshness.lost('listener', 10)
  vi.advanceTimersByTime(10)
  freshness.back('listener')
  await readAll()
  expect(told).toEqual(['update'])
  outbox.drain()
  outbox.drain()
  expect(told).toEqual(['update', 'gap', 'fresh'])
})

it.each(['refused', 'not answered'])(
  'a read that is %s is a doubt, until one is answered',
  async (how) => {
    const { freshness, told, readAll, turn } = create()
    const answers: Promise<Run[]>[] = [
      how === 'refused' ? Promise.reject(new Error('no')) : new Promise(() => undefined),
      Promise.resolve([]),
    ]
    const read = () => answers.shift() ?? Promise.resolve([])
    const store = watchReads({ read, complete: async () => null }, freshness, 1_000)
    store.read(['1']).catch(() => undefined)
    await vi.advanceTimersByTimeAsync(1_000)
    await turn()
    expect(told).toEqual(['stale'])
    await store.read(['1'])
    await readAll()
    expect(told).toEqual(['stale', 'fresh'])
  },
)

it('a large output that is not answered is a doubt, too', async () => {
  const { freshness, told, turn } = create()
  const never = () => new Promise<null>(() => undefined)
  const store = watchReads({ read: async () => [], complete: never }, freshness, 1_000)
  store.complete('1').catch(() => undefined)
  await vi.advanceTimersByTimeAsync(1_000)
  await turn()
  expect(told).toEqual(['stale'])
})

it('a slow reader that was not told of the doubt hears of its end after what has changed', async () => {
  const { freshness, told, outbox, readAll, turn } = create('headway', true)
  outbox.send('job:1', 'event: update\n\n')
  await turn()
  freshness.lost('listener', 10)
  vi.advanceTimersByTime(10)
  outbox.send('job:2', 'event: change\n\n')
  freshness.back('listener')
  await readAll()
  outbox.drain()
  outbox.drain()
  expect(told).toEqual(['update', 'change', 'fresh'])
})

it('a slow reader for whom nothing has room any more hears of the return all the same', async () => {
  const { freshness, told, outbox, readAll, turn } = create('headway', true)
  outbox.send('job:1', 'event: update\n\n')
  freshness.lost('listener', 10)
  vi.advanceTimersByTime(10)
  await turn()
  outbox.send('job:2', `event: large\n\n${'x'.repeat(4 * 1_048_576 - 20)}`)
  freshness.back('listener')
  await readAll()
  for (let times = 0; times < 3; times += 1) outbox.drain()
  expect(told.at(-1)).toBe('fresh')
})
