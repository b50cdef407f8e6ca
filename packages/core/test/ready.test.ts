import { expect, it } from 'vitest'
import { defineJob } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'

// celestia-island/hikari#124, preactjs/preact#2134, re-rxjs/react-rxjs#146: a promise that whoever made it takes along.

const exportUsers = defineJob<null, string>('export_users')

/** What a promise is by now. */
const stateOf = (promise: Promise<unknown>): Promise<string> =>
  Promise.race([
    promise.then(
      () => 'resolved',
      () => 'rejected',
    ),
    new Promise<string>((resolve) => setTimeout(() => resolve('pending'), 20)),
  ])

it('ready() is shared: who asked first and left does not leave the others waiting', async () => {
  const { client, gateway, settled } = createFakeClient()
  const jobId = gateway.createJob().job_id
  const first = client.attach(exportUsers, jobId)
  const second = client.attach(exportUsers, jobId)
  second.subscribe(() => undefined)
  void first.ready()
  const ready = second.ready()
  first.unsubscribe()
  await settled()
  expect(second.getSnapshot().sync.status).toBe('live')
  expect(await stateOf(ready)).toBe('resolved')
})

it('ready() of a handle that is told to stop settles', async () => {
  const { client, gateway, settled, advance } = createFakeClient()
  const job = client.attach(exportUsers, gateway.createJob().job_id)
  const ready = job.ready()
  job.unsubscribe()
  await settled()
  await advance(600_000)
  expect(await stateOf(ready)).not.toBe('pending')
})
