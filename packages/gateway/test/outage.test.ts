import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { get, openStream, post, start, subscribe } from '@headway/conformance/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import type { EmbeddedPostgres } from '../src/embedded.ts'
import { createGateway, createWorker, job } from '../src/index.ts'
import { createTeardown } from '../src/teardown.ts'
import { makeFolder } from './support/folder.ts'
import { quiet } from './support/quiet.ts'
import { startPostgres } from './support/start-postgres.ts'

const teardown = createTeardown()
let directory: string
let postgres: EmbeddedPostgres
let url: string
let goOn: () => void = () => undefined

beforeAll(async () => {
  const folder = await makeFolder()
  teardown.defer(() => rm(folder, { recursive: true, force: true }))
  directory = join(folder, 'pg')
  postgres = await startPostgres({ directory })
  // Another one takes its place.
  teardown.defer(() => postgres.stop())
  const told = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const patient = job({
    run: async (ctx) => {
      ctx.progress(10, 'at work')
      await told
      ctx.progress(100, 'the last word')
      return 'done meanwhile'
    },
  })
  const app = { database: postgres.url, engine: bullmq(), jobs: { patient }, logger: quiet }
  const gateway = await createGateway(app)
  teardown.defer(gateway.close)
  const worker = await createWorker(app)
  teardown.defer(() => worker.close({ force: true }))
  url = (await gateway.listen(0)).url
})
afterAll(teardown.run)

it('the database goes and comes back: refused meanwhile, nothing crashes, nothing is lost', async () => {
  const stream = await openStream(url)
  const jobId = await start(url, 'patient')
  await subscribe(url, stream, jobId)
  await stream.until(({ progress }) => progress === 10)

  const { port } = new URL(postgres.url)
  await postgres.stop()
  const registration = { ...stream.session, id: 'other', job_id: jobId }
  const refused = { success: false, error: { code: 'SERVICE_UNAVAILABLE' } }
  for (const answer of [
    await post(url, '/rpc/patient', {}),
    await post(url, '/subscribe-job', registration),
    await get(url, `/jobs/${jobId}`),
    await post(url, `/jobs/${jobId}/cancel`, {}),
  ]) {
    expect(answer).toMatchObject({ status: 503, body: refused })
  }
  expect(await get(url, '/ready')).toMatchObject({
    status: 503,
    body: { ready: false, database: false },
  })
  expect(await get(url, '/health')).toMatchObject({ status: 200 })

  goOn()
  postgres = await startPostgres({ directory, port: Number(port) })
  expect(await stream.until(({ status }) => status === 'completed')).toMatchObject({
    progress: 100,
    message: 'the last word',
    output: 'done meanwhile',
    attempt: 1,
  })
  stream.close()
})
