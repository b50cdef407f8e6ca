import { describe, expect, it } from 'vitest'
import { askQuery, createMutation, createSlot, selectStore } from '../src/adapter/index.ts'
import { createRuns } from '../src/adapter/runs.ts'
import { defineJob, defineMutation, defineQuery, defineWorkflow, type Store } from '../src/index.ts'
import { createOptimistic } from '../src/optimistic/index.ts'
import { toObservable } from '../src/store/store.ts'
import { createFakeClient, type FakeGatewayOptions, failure } from '../src/testing/index.ts'
import { createUpload } from '../src/upload/index.ts'
import { inBatches } from './support/in-batches.ts'

/*
 * The contract of every store: `subscribe()` calls no listener. If subscribing changes the value,
 * it changes before
 * the listener is added, so that `const stop = store.subscribe(() => stop())` is always safe.
 */

const exportUsers = defineJob<null, string>('export_users')
const verify = defineWorkflow<null, string>('verify')
const listUsers = defineQuery<null, string[]>('list_users')
const rename = defineMutation<null, string>('rename')
const nothing = (): void => undefined

const create = (options: FakeGatewayOptions = {}) => {
  const users = ['ann']
  const fake = createFakeClient(
    {
      ...options,
      workflows: ['verify'],
      queries: { list_users: () => [...users] },
      mutations: { rename: () => 'ok' },
    },
    { everyUpdate: true, random: () => 0.5 },
  )
  const job = fake.gateway.createJob({ job_id: 'j', status: 'running', progress: 40 })
  fake.gateway.createWorkflow({ workflow_id: 'w', status: 'running' })
  return { ...fake, users, job }
}
type Page = ReturnType<typeof create>

/** All kinds of stores. */
const stores: Record<string, (page: Page) => Store<unknown>> = {
  'a job by its id': ({ client }) => client.attach(exportUsers, 'j'),
  'a workflow by its id': ({ client }) => client.attach(verify, 'w'),
  'a started job': ({ client }) => client.start(exportUsers, null),
  'a lazy job': ({ client }) => client.start(exportUsers, null, { lazy: true }),
  'a job without an id': ({ client }) => client.attach(exportUsers, undefined),
  'a query': ({ client }) => client.watch(listUsers, null),
  'a query that is asked once': ({ client }) => askQuery(client, listUsers, null),
  'a part of a job': ({ client }) =>
    selectStore(client.attach(exportUsers, 'j'), ({ progress, loading }) => ({
      progress,
      loading,
    })),
  'an optimistic query': ({ client }) =>
    createOptimistic(client.watch(listUsers, null), (rows, name: string) => [...rows, name]),
  'a mutation': ({ client }) => createMutation(client, rename),
  'an upload': ({ client }) => createUpload(client, rename),
  'the connection': ({ client }) => client.connection,
  'the job of a component': ({ client }) => {
    const slot = createSlot(createRuns(client, exportUsers, {}), 'j', undefined)
    return { getSnapshot: () => slot.get('j').getSnapshot(), subscribe: slot.subscribe }
  },
}

/** All states of a page before it subscribes. */
const states: Record<string, (page: Page) => Promise<void>> = {
  'nothing is followed': async () => undefined,
  'others follow the same': async ({ client, settled }) => {
    client.attach(exportUsers, 'j').subscribe(nothing)
    client.attach(verify, 'w').subscribe(nothing)
    client.watch(listUsers, null).subscribe(nothing)
    await settled()
  },
  'others know that it has ended': async (page) => {
    await states['others follow the same']?.(page)
    page.gateway.update('j', { status: 'completed', output: 'done' })
    page.gateway.update('w', { status: 'completed', output: 'done' })
    await page.settled()
  },
  'others were refused in a batch': async (page) => {
    page.gateway.intercept(({ path }) =>
      path.startsWith('/subscribe') ? failure(403, 'FORBIDDEN', 'not yours') : undefined,
    )
    await states['others follow the same']?.(page)
  },
  'there is none': async (page) => {
    page.gateway.forget('j')
    page.gateway.forget('w')
    await states['others follow the same']?.(page)
  },
  'the network is away': async (page) => {
    await states['others follow the same']?.(page)
    page.gateway.goOffline()
    await page.settled()
  },
  'the client is paused': async ({ client, settled }) => {
    client.pause()
    await settled()
  },
  'the client is closed': async (page) => {
    await states['others follow the same']?.(page)
    page.client.close()
  },
}

const optionsOf = (state: string): FakeGatewayOptions =>
  state.endsWith('in a batch') ? { capabilities: inBatches } : {}

describe.each(Object.entries(stores))('%s', (_, open) => {
  for (const [state, reach] of Object.entries(states)) {
    it(`calls no listener on subscribe: ${state}`, async () => {
      const page = create(optionsOf(state))
      await reach(page)
      const store = open(page)
      for (const moment of ['at first', 'once it is known', 'after all have left']) {
        const calls: string[] = []
        const stop: () => void = store.subscribe(() => {
          calls.push('new')
          // `stop` is defined only after `subscribe` has returned.
          stop()
        })
        expect(calls, moment).toEqual([])
        const leave = store.subscribe(nothing)
        expect(calls, moment).toEqual([])
        await page.settled()
        leave()
        stop()
        if (moment === 'once it is known') await page.advance(2_000)
      }
    })

    it(`emits the current value first, and each value once: ${state}`, async () => {
      const page = create(optionsOf(state))
      await reach(page)
      const store = open(page)
      const seen: unknown[] = []
      const listening = toObservable(store).subscribe((value) => seen.push(value))
      expect(seen).toEqual([store.getSnapshot()])
      await page.settled()
      expect(seen.filter((value, index) => value === seen[index - 1])).toEqual([])
      expect(seen.at(-1)).toBe(store.getSnapshot())
      listening.unsubscribe()
    })
  }
})

describe('earlier listeners', () => {
  it('are called a microtask after a new subscriber has changed the view', async () => {
    const { client, settled } = create()
    const job = client.attach(exportUsers, 'j')
    const seen: (string | null)[] = []
    job.subscribe(() => seen.push(job.getSnapshot().sync.reason))
    await settled()
    job.unsubscribe()
    expect(seen.at(-1)).toBe('unwatched')
    const calls = seen.length
    job.subscribe(nothing)
    expect(seen).toHaveLength(calls)
    expect(job.getSnapshot().sync.reason).not.toBe('unwatched')
    await settled()
    expect(seen.at(-1)).toBeNull()
    expect(job.getSnapshot()).toMatchObject({ sync: { status: 'live' } })
  })

  it('are not called if an earlier listener has unsubscribed them', async () => {
    const { client, gateway, settled } = create()
    const job = client.attach(exportUsers, 'j')
    const calls: string[] = []
    const stops = [
      job.subscribe(() => {
        calls.push('first')
        for (const stop of stops) stop()
      }),
      job.subscribe(() => calls.push('second')),
    ]
    await settled()
    gateway.update('j', { progress: 50 })
    await settled()
    expect(calls).toEqual(['first'])
  })
})

describe('callbacks of an ended run', () => {
  it('can call the function that subscribe() has returned', async () => {
    const page = create()
    await states['others know that it has ended']?.(page)
    const ends: string[] = []
    const onDone = (output: string): void => {
      ends.push(output)
      stop()
    }
    const stop = page.client.attach(exportUsers, 'j', { onDone }).subscribe(nothing)
    expect(ends).toEqual([])
    await page.settled()
    expect(ends).toEqual(['done'])
  })

  it('a selected part calls its listener when it changes and when it changes back', async () => {
    const page = create()
    await states['others follow the same']?.(page)
    const progress = selectStore(page.client.attach(exportUsers, 'j'), (job) => job.progress)
    const seen: unknown[] = []
    progress.subscribe(() => seen.push(progress.getSnapshot()))
    page.gateway.update('j', { progress: null })
    await page.settled()
    page.gateway.update('j', { progress: 40 })
    await page.settled()
    expect(seen).toEqual([null, 40])
  })
})
