import { VirtualTimeScheduler } from 'rxjs'
import { expect, it } from 'vitest'
import { createClient, defineJob } from '../src/index.ts'
import { createFakeGateway } from '../src/testing/index.ts'

// nats-io/nats.node#258, stefanpenner/es6-promise#84: a timer or a listener more for each event.

const exportUsers = defineJob<null, string>('export_users')

const turn = () => new Promise((resolve) => setTimeout(resolve, 2))

it('ready() of a job with a lot of news keeps one timer, not one per change', async () => {
  const scheduler = new VirtualTimeScheduler()
  const gateway = createFakeGateway()
  const client = createClient({
    url: 'http://fake',
    fetch: gateway.fetch,
    scheduler,
    everyUpdate: true,
    storage: null,
  })
  const jobId = gateway.createJob().job_id
  const job = client.attach(exportUsers, jobId)
  const ready = job.ready()
  await turn()
  await ready
  const before = scheduler.actions.length
  for (let at = 1; at <= 500; at += 1)
    gateway.update(jobId, { status: 'running', progress: at / 10 })
  await turn()
  expect(job.getSnapshot().progress).toBe(50)
  expect(scheduler.actions.length - before).toBeLessThan(10)
})
