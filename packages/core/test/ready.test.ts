import { expect, it } from 'vitest'
import { defineJob } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'
import { outcomeOf } from './support/outcome.ts'
import { createTimedClient } from './support/timers.ts'

// celestia-island/hikari#124, preactjs/preact#2134, re-rxjs/react-rxjs#146: a promise that its maker takes along.
// nats-io/nats.node#258, stefanpenner/es6-promise#84: a timer or a listener more for each event.

const exportUsers = defineJob<null, string>('export_users')

it('ready() is shared: the one who asked first and left does not leave the others waiting', async () => {
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
  expect(await outcomeOf(ready)).toBe('resolved')
})

it('ready() of a handle that is told to stop settles', async () => {
  const { client, gateway, settled, advance } = createFakeClient()
  const job = client.attach(exportUsers, gateway.createJob().job_id)
  const ready = job.ready()
  job.unsubscribe()
  await settled()
  await advance(600_000)
  expect(await outcomeOf(ready)).not.toBe('pending')
})

it('ready() of a job with a lot of news keeps one timer, not one per change', async () => {
  const { client, gateway, settled, timers } = createTimedClient()
  const jobId = gateway.createJob().job_id
  const job = client.attach(exportUsers, jobId)
  await Promise.all([job.ready(), settled()])
  const before = timers()
  for (let at = 1; at <= 500; at += 1)
    gateway.update(jobId, { status: 'running', progress: at / 10 })
  await settled()
  expect(job.getSnapshot().progress).toBe(50)
  expect(timers() - before).toBeLessThan(10)
})

it('what was only asked for is let go of, also when a listener opens the closed client again', async () => {
  const { client, gateway, settled, advance } = createFakeClient()
  const job = client.attach(exportUsers, gateway.createJob().job_id)
  const kept = client.attach(exportUsers, gateway.createJob({ job_id: 'kept' }).job_id)
  kept.subscribe(() => undefined)
  await job.ready()
  client.connection.subscribe(() => {
    if (client.connection.getSnapshot().status === 'closed') client.reconnectNow()
  })
  client.close()
  await settled()
  await advance(1_000)
  for (let second = 0; second < 60; second += 10) {
    await advance(10_000)
    gateway.ping()
  }
  expect(gateway.registrations()).toEqual(['job:kept'])
})
