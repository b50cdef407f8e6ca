import { describe, expect, it, vi } from 'vitest'
import {
  ClientClosed,
  defineJob,
  defineWorkflow,
  JobCancelled,
  JobFailed,
  JobMissing,
  JobRefused,
  JobUnwatched,
  withCodec,
} from '../src/index.ts'
import { createFakeClient, failure } from '../src/testing/index.ts'
import { inBatches } from './support/in-batches.ts'

/* `result` settles whenever no more news of the run can come. */

const exportUsers = defineJob<null, string>('export_users')

const create = () => {
  const fake = createFakeClient({ capabilities: inBatches })
  const { job_id } = fake.gateway.createJob({ status: 'running' })
  const job = fake.client.attach(exportUsers, job_id)
  return { ...fake, job, jobId: job_id }
}
type Page = ReturnType<typeof create>

const endings: Record<string, [(page: Page) => void, unknown]> = {
  completed: [({ gateway, jobId }) => gateway.update(jobId, { status: 'completed' }), null],
  failed: [({ gateway, jobId }) => gateway.update(jobId, { status: 'failed' }), JobFailed],
  cancelled: [({ gateway, jobId }) => gateway.update(jobId, { status: 'cancelled' }), JobCancelled],
  'missing after a drop': [
    ({ gateway, jobId, client }) => {
      gateway.forget(jobId)
      gateway.drop()
      client.reconnectNow()
    },
    JobMissing,
  ],
  'refused after a drop': [
    ({ gateway, client }) => {
      gateway.intercept(({ path }) =>
        path.startsWith('/subscribe') ? failure(403, 'FORBIDDEN', 'not yours') : undefined,
      )
      gateway.drop()
      client.reconnectNow()
    },
    JobRefused,
  ],
  closed: [({ client }) => client.close(), ClientClosed],
  'refused for good by the server': [
    ({ gateway, client }) => {
      gateway.intercept(() => new Response(null, { status: 204 }))
      gateway.drop()
      client.reconnectNow()
    },
    ClientClosed,
  ],
  unwatched: [({ job }) => job.unsubscribe(), JobUnwatched],
}

it.each(Object.entries(endings))('result settles: %s', async (_, [end, errorClass]) => {
  const page = create()
  const settled = vi.fn()
  const result = page.job.result.then(settled, settled)
  await page.settled()
  expect(settled).not.toHaveBeenCalled()
  end(page)
  await page.advance(2_000)
  await result
  const [outcome] = settled.mock.calls[0] ?? []
  if (errorClass === null) expect(outcome).toBeNull()
  else expect(outcome).toBeInstanceOf(errorClass)
})

describe('a client that is closed', () => {
  it('rejects every result, also of a handle without a job', async () => {
    const { client, gateway, job, jobId, settled } = create()
    const idle = client.attach(exportUsers, undefined).result
    await settled()
    client.close()
    await expect(idle).rejects.toBeInstanceOf(ClientClosed)
    await expect(job.result).rejects.toBeInstanceOf(ClientClosed)
    client.reconnectNow()
    const result = job.result
    await settled()
    gateway.update(jobId, { status: 'completed', output: 'done' })
    expect(await result).toBe('done')
  })

  it('gives a new result after it has reconnected', async () => {
    const { client, gateway, job, jobId, settled } = create()
    const first = job.result
    await settled()
    client.close()
    await expect(first).rejects.toBeInstanceOf(ClientClosed)
    client.reconnectNow()
    const second = job.result
    await settled()
    gateway.update(jobId, { status: 'completed', output: 'done' })
    expect(await second).toBe('done')
  })
})

describe('a job that the server refuses', () => {
  it('has an error with its id and code, is not active, and can be followed again', async () => {
    const { client, gateway, jobId, advance } = create()
    gateway.intercept(({ path }) =>
      path.startsWith('/subscribe') ? failure(403, 'FORBIDDEN', 'not yours') : undefined,
    )
    const job = client.attach(exportUsers, jobId)
    await expect(job.result).rejects.toMatchObject({ jobId, code: 'FORBIDDEN' })
    expect(job.getSnapshot()).toMatchObject({
      phase: 'idle',
      isActive: false,
      loading: false,
      error: null,
      sync: { status: 'refused', reason: 'FORBIDDEN' },
    })
    gateway.intercept(() => undefined)
    gateway.drop()
    job.subscribe(() => undefined)
    await advance(1_000)
    expect(job.getSnapshot()).toMatchObject({ phase: 'running', isActive: true })
    const result = job.result
    gateway.update(jobId, { status: 'completed', output: 'done' })
    expect(await result).toBe('done')
  })
})

describe('arguments that cannot be sent', () => {
  const broken = withCodec(defineJob<unknown, null>('broken'), {
    toWire: () => {
      throw new RangeError('no such format')
    },
  })
  const loop: { self?: unknown } = {}
  loop.self = loop

  it.each([
    ['a codec that throws', broken, { format: 'x' }, 'no such format'],
    ['a BigInt', defineJob<unknown, null>('job'), { size: 10n }, 'BigInt'],
    ['a cycle', defineJob<unknown, null>('job'), loop, 'nested deeper'],
    ['bytes', defineJob<unknown, null>('job'), { bytes: new Uint8Array(1) }, 'Uint8Array'],
  ])('%s: the start fails, and start() does not throw', async (_, definition, args, message) => {
    const { client, settled, gateway } = createFakeClient()
    const job = client.start(definition, args)
    expect(job.getSnapshot().phase).toBe('starting')
    await settled()
    expect(job.getSnapshot()).toMatchObject({ phase: 'failed', status: 'failed' })
    expect(job.getSnapshot().error).toContain(message)
    await expect(job.result).rejects.toMatchObject({ name: 'StartFailed' })
    expect(gateway.requests).toEqual([])
  })
})

describe('an action that the server does not support', () => {
  const page = async (capabilities: [] | ['revisions']) => {
    const fake = createFakeClient({ capabilities, workflows: ['verify'] })
    const { job_id } = fake.gateway.createJob({ status: 'running' })
    const job = fake.client.attach(exportUsers, job_id)
    job.subscribe(() => undefined)
    await fake.settled()
    return { ...fake, job }
  }

  it.each([[[]], [['revisions']]] as [[] | ['revisions']][])(
    'rejects without a request if the capabilities are known: %j',
    async (capabilities) => {
      const { client, gateway, job } = await page(capabilities)
      const asked = gateway.requests.length
      const message = 'This server cannot cancel a job: it does not offer "cancel"'
      await expect(job.cancel()).rejects.toMatchObject({ code: 'UNSUPPORTED', message })
      await expect(job.retry()).rejects.toMatchObject({ code: 'UNSUPPORTED' })
      const verify = defineWorkflow<null, null>('verify')
      await expect(client.sendEvent(verify, 'w', 'clicked')).rejects.toMatchObject({
        code: 'UNSUPPORTED',
      })
      expect(gateway.requests).toHaveLength(asked)
    },
  )

  it('rejects after the first answer if the capabilities are unknown', async () => {
    const fake = createFakeClient({ capabilities: [] })
    const { job_id } = fake.gateway.createJob()
    const cancelled = fake.client.attach(exportUsers, job_id).cancel()
    await expect(cancelled).rejects.toMatchObject({ code: 'UNSUPPORTED' })
  })

  it('has another code than a missing run', async () => {
    const fake = createFakeClient()
    const cancelled = fake.client.attach(exportUsers, 'unknown').cancel()
    await expect(cancelled).rejects.toMatchObject({ code: 'JOB_NOT_FOUND', status: 404 })
  })
})

it('has the output of a job if `result` is read again after unsubscribe()', async () => {
  const { gateway, settled, job, jobId } = create()
  const first = job.result
  await settled()
  job.unsubscribe()
  await expect(first).rejects.toBeInstanceOf(JobUnwatched)
  const second = job.result
  await settled()
  gateway.update(jobId, { status: 'completed', output: 'done' })
  expect(await second).toBe('done')
})
