import { expect, it } from 'vitest'
import { defineJob } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'
import { outcomeOf } from './support/outcome.ts'
import { createTimedClient } from './support/timers.ts'

// celestia-island/hikari#124, preactjs/preact#2134, re-rxjs/react-rxjs#146: a promise that ends
// with its first caller. nats-io/nats.node#258, stefanpenner/es6-promise#84: each event adds a
// timer or a listener.

const exportUsers = defineJob<null, string>('export_users')

it('ready() resolves for the other callers if the first one unsubscribes', async () => {
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

it('ready() resolves if its handle is unsubscribed', async () => {
  const { client, gateway, settled, advance } = createFakeClient()
  const job = client.attach(exportUsers, gateway.createJob().job_id)
  const ready = job.ready()
  job.unsubscribe()
  await settled()
  await advance(600_000)
  expect(await outcomeOf(ready)).not.toBe('pending')
})

it('ready() sets one timer, not one for each change', async () => {
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

it('a run is released after ready(), also if a listener reopens the closed client', async () => {
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
