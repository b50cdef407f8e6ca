import { describe, expect, it } from 'vitest'
import { queryKey } from '../src/adapter/queries.ts'
import { defineJob, defineMutation, defineQuery, withCodec } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'
import { intents } from './support/requests.ts'
import { showJob } from './support/screen.ts'
import { createStorage } from './support/storage.ts'

/* A codec may encode arguments to any JSON value, not only to objects. */

interface Asked {
  value: unknown
}
const toWire = ({ value }: Asked): unknown => value
const exportUsers = withCodec(defineJob<Asked, string>('export_users'), { toWire })
const getUsers = withCodec(defineQuery<Asked, unknown>('get_users'), { toWire })

describe.each<[wire: unknown, other: unknown]>([
  ['csv', 'json'],
  ['', 'a'],
  [0, 1],
  [false, true],
  [
    ['a', 'b'],
    ['b', 'a'],
  ],
  [[], [[]]],
  [{ args: { input: 1 } }, { args: {} }],
])('arguments that are encoded to %j', (value, other) => {
  it('are sent as they are', async () => {
    const { client, gateway, settled } = createFakeClient()
    client.start(exportUsers, { value })
    await settled()
    expect(gateway.requests[0]?.body).toEqual({ args: value })
  })

  it('are one start if they are equal, as on a double click, and two if they differ', async () => {
    const { client, gateway, advance } = createFakeClient({}, { random: () => 0.5 })
    const screen = showJob(client, exportUsers)
    screen.start({ value })
    screen.start({ value })
    screen.start({ value: other })
    await advance(1_000)
    expect(gateway.count('/rpc/export_users')).toBe(2)
  })

  it.each([
    ['are the same start after a reload', value, 1],
    ['are another start than other arguments', other, 2],
  ])('%s', async (_, again, count) => {
    const storage = createStorage()
    const page = createFakeClient({}, { storage, random: () => 0.5 })
    page.gateway.goOffline()
    page.client.start(exportUsers, { value }, { persist: 'export' })
    await page.advance(60_000)
    page.gateway.goOnline()
    const { client, gateway, settled } = page.reload()
    const options = { persist: 'export', lazy: true }
    client.start(exportUsers, { value: again }, options).subscribe(() => undefined)
    await settled()
    expect(intents(gateway)).toBe(count)
  })

  it('are sent for a live query', async () => {
    const { client, settled } = createFakeClient({ queries: { get_users: (args) => ({ args }) } })
    const watched = client.watch(getUsers, { value })
    watched.subscribe(() => undefined)
    await settled()
    expect(watched.getSnapshot().data).toEqual({ args: value })
    expect(queryKey(getUsers, { value })).not.toBe(queryKey(getUsers, { value: other }))
    expect(queryKey(getUsers, { value })).toBe(queryKey(getUsers, { value }))
  })
})

it('sends a file under a key that is called "args"', async () => {
  const upload = withCodec(defineMutation<{ file: Blob }, string>('upload'), {
    toWire: ({ file }) => ({ args: file }),
  })
  const { client, gateway, settled } = createFakeClient({ mutations: { upload: () => 'done' } })
  void client.call(upload, { file: new File(['a'], 'a.csv') })
  await settled()
  expect(gateway.requests[0]).toMatchObject({ path: '/rpc/upload/upload' })
  expect(gateway.requests[0]?.body).toMatchObject({ args: { args: expect.any(File) } })
})
