import { afterEach, expect, it } from 'vitest'
import { quiet } from '../../test/support/quiet.ts'
import type { FollowedQueue } from './following.ts'
import type { HeldQueue, ObservedStore } from './observed-store.ts'
import { type Observer, startObserving } from './observer.ts'
import type { QueueReader } from './queue-reader.ts'

let observer: Observer | undefined
afterEach(() => observer?.close())

/** An observer of all queues over fakes. Only what `look` is to bring about comes soon. */
const start = (named: string[] = [], isFinding = true, before: string[] = []) => {
  const there: string[] = []
  const [scans, held, followed]: [string[], string[][], string[]] = [[], [], []]
  const waits: number[] = []
  let wake = (_: string[] = []): void => undefined
  const reader = {
    async names() {
      scans.push('scan')
      return [...there]
    },
    untilMore: (_, waitMs) =>
      new Promise<string[]>((resolve) => {
        waits.push(waitMs)
        // As Redis: nothing came.
        const timer = setTimeout(resolve, waitMs, [])
        wake = (names = []) => {
          clearTimeout(timer)
          resolve(names)
        }
      }),
    wake: () => wake(),
  } satisfies Partial<QueueReader>
  const store = {
    queues: async () => before,
    hold: async (queues: readonly string[]) => {
      held.push([...queues])
      return queues.map((queue): HeldQueue => ({ queue, term: '1', cursor: null, readAt: null }))
    },
    leave: async () => wake(),
  } satisfies Partial<ObservedStore>
  const advanced: string[] = []
  const failing = new Set<string>(['fails', 'fails once'])
  const follow = (name: string): FollowedQueue => {
    followed.push(name)
    return {
      term: '1',
      place: () => '0-0',
      isLost: () => false,
      async advance() {
        if (failing.has(name)) {
          if (name !== 'fails') failing.delete(name)
          throw new Error('away')
        }
        advanced.push(name)
      },
      readLogs: async () => undefined,
      sweep: async () => undefined,
    }
  }
  const started = startObserving(
    {
      reader: reader as unknown as QueueReader,
      store: store as unknown as ObservedStore,
      isWanted: (name) => !name.startsWith('other'),
      named,
      isFinding,
      toQueue: (name) => `bull:${name}`,
      toName: (queue) => (queue.startsWith('bull:') ? queue.slice('bull:'.length) : null),
      follow,
      logger: quiet,
    },
    { leaseMs: 1e9, renewMs: 1e9, sweepMs: 1e9 },
  )
  observer = {
    look: started.look,
    async close() {
      const closing = started.close()
      wake()
      await closing
    },
  }
  const tell = (name: string): void => wake([name])
  return { look: started.look, there, scans, held, followed, advanced, failing, waits, tell }
}

it('a look finds a new queue, and reads it at once', async () => {
  const { look, there, scans, held, advanced } = start()
  await expect.poll(() => scans).toHaveLength(1)
  there.push('new', 'other')
  const looking = () => {
    look()
    return advanced
  }
  await expect.poll(looking).toEqual(['new'])
  expect(held).toEqual([['bull:new']])
})

it('a look that finds nothing new renews no lease, and looks are some time apart', async () => {
  const { look, there, scans, held, followed } = start()
  there.push('one')
  const looking = () => {
    look()
    return followed
  }
  await expect.poll(looking).toEqual(['one'])
  const before = scans.length
  for (let times = 0; times < 100; times += 1) look()
  const scanning = () => {
    look()
    return scans.length
  }
  await expect.poll(scanning).toBeGreaterThan(before)
  // A hundred looks at once are one.
  expect(scans.length).toBeLessThan(before + 10)
  expect(held).toEqual([['bull:one']])
})

it('queues that are all named need no look', async () => {
  const { look, scans, advanced } = start(['one'], false)
  await expect.poll(() => advanced).toEqual(['one'])
  look()
  expect(scans).toEqual([])
})

it('a queue that is gone from Redis is still followed: its runs may have no end', async () => {
  const { advanced } = start([], true, ['bull:gone', 'bull:other', 'prefix:of-others'])
  await expect.poll(() => advanced).toEqual(['gone'])
})

it('a queue that cannot be read holds up no other', async () => {
  const { advanced, look, there, followed } = start(['fails', 'good'], true)
  await expect.poll(() => advanced).toEqual(['good'])
  there.push('later')
  const afterLook = (): string[] => {
    // Until it is not too soon after the last one.
    look()
    return advanced
  }
  await expect.poll(afterLook).toEqual(['good', 'later'])
  expect(followed).toEqual(['fails', 'good', 'later'])
})

it('a read that failed is repeated', async () => {
  const { advanced } = start(['fails once'], false)
  await expect.poll(() => advanced).toEqual(['fails once'])
})

it('a queue whose news could not be read is read again without other news, and then waits', async () => {
  const { advanced, failing, waits, tell } = start(['good'], false)
  await expect.poll(() => advanced).toEqual(['good'])
  failing.add('good')
  const hasFailed = (): boolean => {
    tell('good')
    return !failing.has('good')
  }
  await expect.poll(hasFailed).toBe(true)
  await expect.poll(() => advanced.length).toBeGreaterThan(1)
  // Not in a hurry for ever.
  await expect.poll(() => waits.at(-1)).toBe(1_000)
})
