import { createClient, jobsOf, mutationsOf, workflowsOf } from '@headway/core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { dbos } from '../src/dbos.ts'
import { createGateway, createWorker, job, mutation, workflow } from '../src/index.ts'
import { createDatabase } from './support/database.ts'
import { quiet } from './support/quiet.ts'

const whose = job({
  public: true,
  attempts: 2,
  backoff: { type: 'fixed', delayMs: 1 },
  run: ({ owner, attempt }) => {
    if (attempt === 1) throw new Error('once more')
    return { owner, attempt }
  },
})
const signs = workflow({ run: ({ owner, step }) => step('sign', () => owner) })
const delegate = mutation({ run: async ({ start }) => ({ id: await start(whose) }) })

const stops: (() => unknown)[] = []
const setUp = async () => {
  const app = {
    database: await createDatabase(),
    engine: bullmq(),
    workflowEngine: dbos(),
    jobs: { whose },
    workflows: { signs },
    logger: quiet,
  }
  const auth = {
    authenticate: async ({ headers }: { headers: Headers }) => {
      const [, id] = headers.get('authorization')?.split(' ') ?? []
      return id ? { id } : null
    },
  }
  const gateway = await createGateway({ ...app, auth, mutations: { delegate } })
  const worker = await createWorker(app)
  const { url } = await gateway.listen(0)
  stops.push(
    () => worker.close(),
    () => gateway.close(),
  )
  return { gateway, url }
}
type Api = Awaited<ReturnType<typeof setUp>>['gateway']['api']

let url: string
beforeAll(async () => {
  ;({ url } = await setUp())
})
afterAll(async () => {
  for (const stop of stops) await stop()
})

const clientOf = (user: string | null) => {
  const client = createClient({ url, token: () => user })
  stops.unshift(() => client.close())
  return client
}

it('a job knows who started it, in every attempt', async () => {
  const { whose } = jobsOf<Api>()
  expect(await clientOf('ann').start(whose).result).toEqual({ owner: 'ann', attempt: 2 })
  expect(await clientOf(null).start(whose).result).toEqual({ owner: null, attempt: 2 })
})

it('a job that a mutation started belongs to the caller', async () => {
  const client = clientOf('bob')
  const { id } = await client.call(mutationsOf<Api>().delegate)
  expect(await client.attach(jobsOf<Api>().whose, id).result).toMatchObject({ owner: 'bob' })
})

it('a workflow knows who started it', async () => {
  expect(await clientOf('ann').start(workflowsOf<Api>().signs).result).toBe('ann')
})
