import { expect, it, vi } from 'vitest'
import { defineJob } from '../src/index.ts'
import { createFakeClient, failure } from '../src/testing/index.ts'
import { inBatches } from './support/in-batches.ts'
import { jwt } from './support/jwt.ts'
import { createStorage } from './support/storage.ts'
import { catchUncaught } from './support/uncaught.ts'

/* A persisted start belongs to its user. */

const exportUsers = defineJob<{ format: string }, string>('export_users')
const args = { format: 'csv' }

it('finds the job after a reload, only for its user, and forgets it at its end', async () => {
  const storage = createStorage()
  let user = 'alice'
  const page = createFakeClient({}, { storage, user: () => user })
  page.client.start(exportUsers, args, { persist: 'export' })
  await page.last('export_users').progress(40)
  page.client.close()

  const { fetch } = page.gateway
  const reloaded = createFakeClient({}, { storage, user: () => user, fetch })
  const job = reloaded.client.attach(exportUsers, undefined, { persist: 'export' })
  job.subscribe(() => undefined)
  await reloaded.settled()
  expect(job.getSnapshot()).toMatchObject({ jobId: 'job-1', progress: 40 })
  user = 'bob'
  const other = reloaded.client.attach(exportUsers, undefined, { persist: 'export' })
  expect(other.getSnapshot().phase).toBe('idle')
  user = 'alice'
  page.gateway.update('job-1', { status: 'completed', output: 'done' })
  await reloaded.settled()
  expect(job.getSnapshot().phase).toBe('succeeded')
  expect(storage.items.size).toBe(0)
})

it('keeps a job for the user who started it, also if another user is signed in at its end', async () => {
  const storage = createStorage()
  let user = 'alice'
  const onDone = vi.fn()
  const page = createFakeClient({}, { storage, user: () => user })
  page.client.start(exportUsers, args, { persist: 'export', onDone })
  await page.settled()
  user = 'bob'
  await page.last('export_users').complete('done')
  expect(onDone).toHaveBeenCalledTimes(1)
  expect(storage.items.size).toBe(0)
  user = 'alice'
  const again = page.reload().client.attach(exportUsers, undefined, { persist: 'export', onDone })
  again.subscribe(() => undefined)
  expect(again.getSnapshot().phase).toBe('idle')
  expect(onDone).toHaveBeenCalledTimes(1)
})

it('keeps a job for the user who started it, also if the user changes before the id comes', async () => {
  const storage = createStorage()
  let user = 'alice'
  const page = createFakeClient({}, { storage, user: () => user })
  page.client.start(exportUsers, args, { persist: 'export' })
  user = 'bob'
  await page.settled()
  const attach = () => page.client.attach(exportUsers, undefined, { persist: 'export' })
  expect(attach().getSnapshot().phase).toBe('idle')
  user = 'alice'
  expect(attach().getSnapshot()).toMatchObject({ jobId: 'job-1' })
})

it('keeps the job of one user if another user is refused', async () => {
  let user = 'alice'
  const storage = createStorage()
  const { client, gateway, advance } = createFakeClient(
    { capabilities: inBatches },
    { random: () => 0.5, token: () => jwt({ sub: user }), user: () => user, storage },
  )
  client.start(exportUsers, args, { persist: 'export' })
  await advance(100)
  expect([...storage.items.values()]).toEqual(['job-1'])
  const alice = `Bearer ${jwt({ sub: 'alice' })}`
  gateway.intercept(({ path, headers }) =>
    path.startsWith('/subscribe') && headers.get('authorization') !== alice
      ? failure(403, 'FORBIDDEN', 'not yours')
      : undefined,
  )
  for (user of ['bob', 'alice']) {
    await client.tokenChanged()
    await advance(10_000)
  }
  expect([...storage.items.values()]).toEqual(['job-1'])
})

it('does not throw if user() throws: the start fails or continues', async () => {
  const uncaught = catchUncaught()
  const { client, advance } = createFakeClient(
    {},
    {
      storage: createStorage(),
      user: () => {
        throw new Error('who?')
      },
    },
  )
  const job = client.start(exportUsers, args, { persist: 'export' })
  await advance(60_000)
  expect(await uncaught()).toEqual([])
  expect(job.getSnapshot().phase).not.toBe('starting')
})

it('continues a lazy job that is watched again after user() threw', async () => {
  let isBroken = true
  const { client, advance } = createFakeClient(
    {},
    {
      storage: createStorage(),
      user: () => {
        if (isBroken) throw new Error('who?')
        return 'alice'
      },
    },
  )
  const job = client.start(exportUsers, args, { persist: 'export', lazy: true })
  expect(() => job.subscribe(() => undefined)).not.toThrow()
  isBroken = false
  const phases: string[] = []
  job.subscribe(() => phases.push(job.getSnapshot().phase))
  await advance(100)
  expect(job.getSnapshot().phase).toBe('queued')
  expect(phases).not.toEqual([])
})
