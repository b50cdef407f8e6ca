import { expect, it, vi } from 'vitest'
import { defineJob, withFiles } from '../src/index.ts'
import { createFakeClient, failure } from '../src/testing/index.ts'
import { inBatches } from './support/in-batches.ts'
import { outcomeOf } from './support/outcome.ts'
import { intents } from './support/requests.ts'
import { showJob } from './support/screen.ts'
import { createStorage } from './support/storage.ts'

/* The data that `persist` keeps of a start, and how long it keeps it. */

const exportUsers = defineJob<{ format: string }, string>('export_users')
const importUsers = withFiles(defineJob<{ file: Blob }, string>('import_users'))
const args = { format: 'csv' }

it('forgets a job that the server refuses', async () => {
  const storage = createStorage()
  const page = createFakeClient({ capabilities: inBatches }, { storage })
  page.client.start(exportUsers, args, { persist: 'export' })
  await page.settled()
  const { client, gateway, settled, reload } = page.reload()
  gateway.intercept(({ path }) =>
    path.startsWith('/subscribe') ? failure(403, 'FORBIDDEN', 'not yours') : undefined,
  )
  const job = client.attach(exportUsers, undefined, { persist: 'export' })
  await expect(job.result).rejects.toMatchObject({ name: 'JobRefused', code: 'FORBIDDEN' })
  await settled()
  expect(job.getSnapshot()).toMatchObject({ isActive: false, sync: { status: 'refused' } })
  expect(storage.items.size).toBe(0)
  const again = reload().client.attach(exportUsers, undefined, { persist: 'export' })
  expect(again.getSnapshot().phase).toBe('idle')
})

it('keeps nothing of a refused start, and the key of a start whose answer was lost', async () => {
  const storage = createStorage()
  const page = createFakeClient({}, { storage, random: () => 0.5 })
  page.gateway.intercept(() => failure(400, 'INVALID_ARGUMENT', 'format?'))
  page.client.start(exportUsers, args, { persist: 'export' })
  await page.settled()
  expect(storage.items.size).toBe(0)
  page.gateway.intercept(() => undefined)
  page.gateway.goOffline()
  page.client.start(exportUsers, args, { persist: 'export' })
  await page.advance(60_000)
  expect(storage.items.size).toBe(1)
  page.gateway.goOnline()
  const { client, settled, gateway } = page.reload()
  const other = { format: 'json' }
  client.start(exportUsers, other, { persist: 'export', lazy: true }).subscribe(() => undefined)
  await settled()
  // Other arguments are another start, with another key.
  expect(intents(gateway)).toBe(3)
})

it('works without persistence if the storage throws', async () => {
  const refuse = (): never => {
    throw new DOMException('denied', 'SecurityError')
  }
  const storage = { getItem: refuse, setItem: refuse, removeItem: refuse }
  const fake = createFakeClient({}, { storage })
  const job = fake.client.start(exportUsers, args, { persist: 'export' })
  await fake.last('export_users').complete('done')
  expect(await job.result).toBe('done')
})

it('keeps a job after a 401, while no user is signed in', async () => {
  const storage = createStorage()
  const page = createFakeClient({ capabilities: inBatches }, { storage })
  page.client.start(exportUsers, args, { persist: 'export' })
  await page.settled()
  const { client, gateway, settled, advance } = page.reload()
  gateway.intercept(({ path }) =>
    path.startsWith('/subscribe') ? failure(401, 'UNAUTHORIZED', 'who?') : undefined,
  )
  const job = client.attach(exportUsers, undefined, { persist: 'export' })
  const ended = vi.fn()
  job.result.then(ended, ended)
  await settled()
  expect(storage.items.size).toBe(1)
  expect(ended).not.toHaveBeenCalled()
  gateway.intercept(() => undefined)
  gateway.drop()
  await advance(1_000)
  gateway.update('job-1', { status: 'completed', output: 'done' })
  await settled()
  expect(ended).toHaveBeenCalledWith('done')
})

it('keeps a job behind a buffering proxy, at a server without snapshots', async () => {
  const storage = createStorage()
  const fake = createFakeClient({ capabilities: [], pingSecs: null }, { storage })
  fake.gateway.intercept(({ path }) =>
    path === '/events' ? new Promise(() => undefined) : undefined,
  )
  const job = fake.client.start(exportUsers, args, { persist: 'export' })
  const { result } = job
  await fake.advance(60_000)
  expect(await outcomeOf(result)).toBe('pending')
  expect(job.getSnapshot().sync.status).not.toBe('refused')
  expect([...storage.items.values()]).toEqual([fake.gateway.last('export_users')])
})

it('treats a start with another file as another start, although files look the same as JSON', async () => {
  const page = createFakeClient({}, { storage: createStorage(), random: () => 0.5 })
  const options = { persist: 'import', lazy: true }
  page.gateway.goOffline()
  const first = page.client.start(importUsers, { file: new Blob(['a']) }, options)
  first.subscribe(() => undefined)
  await page.advance(60_000)
  page.gateway.goOnline()
  page.client.start(importUsers, { file: new Blob(['b']) }, options).subscribe(() => undefined)
  await page.settled()
  expect(intents(page.gateway)).toBe(2)
})

it('starts another job for another file after the answer of a start was lost', async () => {
  const storage = createStorage()
  const { client, gateway, advance } = createFakeClient({}, { random: () => 0.5, storage })
  const screen = showJob(client, importUsers, { persist: 'import' })
  gateway.lose(({ path }) => path.startsWith('/rpc') || path === '/health')
  screen.start({ file: new File(['a'], 'a.csv') })
  await advance(300_000)
  gateway.lose(() => false)
  expect(screen.view().startError).not.toBeNull()
  screen.start({ file: new File(['b'], 'b.csv') })
  await advance(30_000)
  expect(intents(gateway)).toBe(2)
  expect(gateway.run('job-2').status).toBe('pending')
  expect(() => gateway.run('job-3')).toThrow()
})

it('shows a lazy start that continues after a reload as loading until the server answers', async () => {
  const storage = createStorage()
  const page = createFakeClient({}, { storage })
  page.client.start(exportUsers, args, { persist: 'export' })
  await page.settled()
  const { client, settled } = page.reload()
  const job = client.start(exportUsers, args, { persist: 'export', lazy: true })
  job.subscribe(() => undefined)
  expect(job.getSnapshot()).toMatchObject({ loading: true })
  await job.ready()
  await settled()
  expect(job.getSnapshot()).toMatchObject({ loading: false, phase: 'queued' })
})
