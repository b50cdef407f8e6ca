import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  CallRefused,
  createGateway,
  createWorker,
  type Gateway,
  job,
  type Worker,
} from '../src/index.ts'
import { createDatabase } from './support/database.ts'
import { quiet } from './support/quiet.ts'
import { testEngine } from './support/test-engine.ts'

const jobs = {
  greet: job({ run: (ctx, name: string) => `${ctx.owner} greets ${name}` }),
  fill: job({ run: () => 'x'.repeat(5_000) }),
  later: job({ run: () => 'late' }),
}

let gateway: Gateway<typeof jobs>
let worker: Worker

beforeAll(async () => {
  const database = await createDatabase()
  const app = { database, engine: testEngine(database), jobs, logger: quiet }
  gateway = await createGateway(app)
  worker = await createWorker(app)
})
afterAll(async () => {
  await worker?.close()
  await gateway?.close()
})

const refused = async (call: Promise<unknown>): Promise<CallRefused> => {
  const error = await call.catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(CallRefused)
  return error as CallRefused
}

it('lists the runs of everybody, or of one user, with their titles and tags', async () => {
  const labels = { title: 'Greet Bo', tags: ['greeting'] }
  const id = await gateway.start(jobs.greet, 'Bo', { owner: 'lister', ...labels })
  await gateway.start(jobs.later, undefined, { owner: 'other lister', delayMs: 60_000 })
  await expect.poll(async () => (await gateway.get(id))?.status).toBe('completed')
  const { runs, next } = await gateway.list({ owner: 'lister' })
  expect(runs).toMatchObject([{ id, kind: 'job', name: 'greet', owner: 'lister', ...labels }])
  expect(runs[0]?.snapshot).toMatchObject({ status: 'completed', output: 'lister greets Bo' })
  expect(next).toBeNull()
  const first = await gateway.list({ limit: 1 })
  expect(first.runs).toMatchObject([{ owner: 'other lister' }])
  const second = await gateway.list({ limit: 1, cursor: first.next })
  expect(second.runs).toMatchObject([{ id }])
  expect((await gateway.list({ tag: 'greeting', status: 'ended' })).runs).toMatchObject([{ id }])
})

it('says which outputs are too large for a list', async () => {
  const id = await gateway.start(jobs.fill, undefined, { owner: 'filler' })
  const small = await gateway.start(jobs.greet, 'Bo', { owner: 'filler' })
  for (const one of [id, small])
    await expect.poll(async () => (await gateway.get(one))?.status).toBe('completed')
  const { runs } = await gateway.list({ owner: 'filler' })
  expect(runs).toMatchObject([
    { id: small, largeOutput: false },
    { id, largeOutput: true, snapshot: { output: null } },
  ])
})

it('refuses a list with a wrong filter, and a start with a wrong title', async () => {
  const list = await refused(gateway.list({ status: 'done' }))
  expect(list).toMatchObject({ code: 'INVALID_ARGUMENT' })
  expect(list.message).toMatch(/status: give one or several of/)
  const start = await refused(gateway.start(jobs.greet, 'Bo', { title: '' }))
  expect(start).toMatchObject({ code: 'VALIDATION_ERROR' })
  expect(start.message).toBe('title is "": give 1 to 200 characters')
  const odd = await refused(gateway.start(jobs.greet, 'Bo', { title: 7n as unknown as string }))
  expect(odd.message).toBe('title is 7: give 1 to 200 characters')
})
