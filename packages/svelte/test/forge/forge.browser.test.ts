import { defineMutation } from '@headway/core'
import { createFakeGateway, type FakeGateway } from '@headway/core/testing'
import { type Component, flushSync, mount, unmount } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  createForgeClient,
  ForgeClientError,
  type ForgeError,
  getForgeClient,
  type ReactiveMutation,
  type ReactiveQuery,
  toReactiveMutation,
} from '../../src/forge/index.ts'
import Derived from './derived.svelte'
import Provided from './provided.svelte'
import Silent from './silent.svelte'
import Users from './users.svelte'

const createUser = defineMutation<object, unknown>('create_user')

let users: unknown
let gateway: FakeGateway
let stops: (() => void)[] = []

beforeEach(() => {
  users = ['Ada']
  gateway = createFakeGateway({
    queries: { list_users: () => users },
    mutations: { create_user: () => 'made' },
  })
})
afterEach(() => {
  for (const stop of stops) stop()
  stops = []
})

/** A page below `<ForgeProvider>`, what it shows, and how it goes away. */
function show(page: Component<Record<string, unknown>>, options: Record<string, unknown> = {}) {
  const target = document.body.appendChild(document.createElement('main'))
  let made: unknown
  const onMade = (value: unknown): void => {
    made = value
  }
  const props = { page, props: { onMade }, url: 'http://fake', fetch: gateway.fetch, ...options }
  const mounted = mount(Provided, { target, props })
  flushSync()
  let isThere = true
  const leave = (): void => {
    if (isThere) void unmount(mounted)
    isThere = false
    target.remove()
  }
  stops.push(leave)
  const text = (): string => {
    flushSync()
    return target.textContent?.replace(/\s+/g, ' ').trim() ?? ''
  }
  return { shows: (expected: string) => expect.poll(text).toBe(expected), made: () => made, leave }
}

interface Made {
  users: ReactiveQuery<string[]>
  creation: ReactiveMutation<string, string>
}

describe('toReactive', () => {
  it('shows that it loads, the result, and each change', async () => {
    const { shows } = show(Users)
    await shows('loading')
    await shows('Ada')
    users = ['Ada', 'Bo']
    gateway.changed('list_users')
    await shows('Ada,Bo')
  })

  it('shows a refusal with its code', async () => {
    // As Forge does it, which takes each registration alone.
    gateway = createFakeGateway({ capabilities: [] })
    gateway.intercept(({ path }) =>
      path === '/subscribe'
        ? Response.json(
            { success: false, error: { code: 'FORBIDDEN', message: 'No' } },
            { status: 403 },
          )
        : undefined,
    )
    const { shows, made } = show(Users)
    await shows('FORBIDDEN')
    const { error } = (made() as Made).users
    expect(error).toBeInstanceOf(ForgeClientError)
    expect((made() as Made).users.error).toBe(error)
  })

  it('is kept live while the component is there, also when nothing shows it', async () => {
    const { made, leave } = show(Silent)
    const query = made() as ReactiveQuery<string[]>
    await expect.poll(() => query.data).toEqual(['Ada'])
    users = ['Bo']
    gateway.changed('list_users')
    await expect.poll(() => query.data).toEqual(['Bo'])
    leave()
    await expect.poll(() => gateway.openStreams()).toBe(0)
  })

  it('follows one query at a time where it is derived from what changes', async () => {
    gateway = createFakeGateway({ queries: { list_users: (team) => [`Ada of ${String(team)}`] } })
    const { shows, made, leave } = show(Derived)
    await shows('Ada of a')
    const setTeam = made() as (team: string) => void
    setTeam('b')
    await shows('Ada of b')
    await expect.poll(() => gateway.registrations()).toHaveLength(1)
    leave()
    await expect.poll(() => gateway.registrations()).toEqual([])
  })

  it('unsubscribe() stops it, and what is shown stays', async () => {
    const { shows, made } = show(Users)
    await shows('Ada')
    const { unsubscribe } = (made() as Made).users
    unsubscribe()
    await expect.poll(() => gateway.registrations()).toEqual([])
    await shows('Ada stale')
  })
})

describe('toReactiveMutation', () => {
  it('shows that it is under way, then nothing, and gives the output', async () => {
    const { shows, made } = show(Users)
    await shows('Ada')
    const calling = (made() as Made).creation.mutate('Bo')
    await shows('Ada creating')
    expect(await calling).toBe('made')
    await shows('Ada')
  })

  it('shows why it failed; the promise rejects with the same', async () => {
    gateway.intercept(({ path }) =>
      path === '/rpc/create_user'
        ? Response.json(
            { success: false, error: { code: 'VALIDATION_ERROR', message: 'Too short' } },
            { status: 400 },
          )
        : undefined,
    )
    const { shows, made } = show(Users)
    await shows('Ada')
    const { creation } = made() as Made
    await expect(creation.mutate('')).rejects.toThrow('Too short')
    await shows('Ada VALIDATION_ERROR')
    expect(creation.error).toMatchObject({ message: 'Too short', status: 400 })
    gateway.intercept(() => undefined)
    await creation.mutate('Bo')
    await shows('Ada')
  })

  it('shows what was thrown before anything was sent', async () => {
    const mutation = toReactiveMutation(() => {
      throw new TypeError('Not a date')
    })
    await expect(mutation.mutate()).rejects.toThrow('Not a date')
    expect(mutation).toMatchObject({ pending: false, error: { message: 'Not a date' } })
  })

  it('shows the newest of several calls, whatever ends first', async () => {
    const ends: ((error?: Error) => void)[] = []
    const mutation = toReactiveMutation(
      () =>
        new Promise<void>((resolve, reject) =>
          ends.push((error) => (error ? reject(error) : resolve())),
        ),
    )
    const first = mutation.mutate()
    const second = mutation.mutate()
    ends[0]?.(new Error('late'))
    await expect(first).rejects.toThrow('late')
    expect(mutation).toMatchObject({ pending: true, error: null })
    ends[1]?.()
    await second
    expect(mutation).toMatchObject({ pending: false, error: null })
  })

  it('gives what has no code one', async () => {
    const mutation = toReactiveMutation(() => Promise.reject('no'))
    await mutation.mutate().catch(() => undefined)
    expect(mutation.error).toMatchObject({ code: 'UNKNOWN', message: 'no' })
  })
})

describe('ForgeProvider', () => {
  it('gives the page its client, tells of its connection, and closes it', async () => {
    const onConnectionChange = vi.fn()
    const { shows, leave } = show(Users, { onConnectionChange })
    await shows('Ada')
    const client = getForgeClient()
    expect(await client.call(createUser, {})).toBe('made')
    await expect.poll(() => onConnectionChange.mock.calls.flat()).toContain('connected')
    leave()
    expect(client.connection.getSnapshot().status).toBe('closed')
  })
})

describe('createForgeClient', () => {
  it('asks for the token before each call', async () => {
    let token = 'a'
    const client = createForgeClient({
      url: 'http://fake',
      fetch: gateway.fetch,
      getToken: () => token,
    })
    await client.call(createUser, {})
    token = 'b'
    await client.call(createUser, {})
    const sent = gateway.requests.map(({ headers }) => headers.get('authorization'))
    expect(sent).toEqual(['Bearer a', 'Bearer b'])
    client.close()
  })

  it('tells of a refused token once, waits for that, and sends the call again', async () => {
    let token = 'old'
    const errors: ForgeError[] = []
    gateway = createFakeGateway({
      mutations: { create_user: () => 'made' },
      isAllowed: (sent) => sent === 'new',
    })
    const client = createForgeClient({
      url: 'http://fake',
      fetch: gateway.fetch,
      getToken: () => token,
      async onAuthError(error) {
        errors.push(error)
        await Promise.resolve()
        token = 'new'
      },
    })
    const calls = [client.call(createUser, {}), client.call(createUser, {})]
    expect(await Promise.all(calls)).toEqual(['made', 'made'])
    expect(errors).toMatchObject([{ code: 'UNAUTHORIZED', status: 401 }])
    client.close()
  })

  it('fails with the answer when nobody gives another token', async () => {
    const refused = createFakeGateway({
      mutations: { create_user: () => 'made' },
      isAllowed: () => false,
    })
    const client = createForgeClient({ url: 'http://fake', fetch: refused.fetch })
    await expect(client.call(createUser, {})).rejects.toMatchObject({ status: 401 })
    client.close()
  })
})
