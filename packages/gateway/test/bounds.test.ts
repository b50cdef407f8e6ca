import { get, post, read, start } from '@headway/conformance/wire'
import { isRecord } from '@headway/core/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { dbos } from '../src/dbos.ts'
import {
  createGateway,
  createWorker,
  type Gateway,
  job,
  type Worker,
  workflow,
} from '../src/index.ts'
import { createDatabase, query } from './support/database.ts'
import { quiet } from './support/quiet.ts'

/** Of 1 MB, and such that a cut after 1,000 or 2,000 units splits a pair. */
const long = `x${'😀'.repeat(250_000)}`
const toJSON = (): never => {
  throw new Error('cannot be written')
}
const outputs: Record<string, () => unknown> = {
  buffer: () => ({ photo: Buffer.from('a') }),
  map: () => new Map([['a', 1]]),
  promise: () => ({ user: Promise.resolve(1) }),
  unwritable: () => ({ toJSON }),
}
/** Values that callers without types report. */
const reports: Record<string, unknown[]> = {
  long: [10, long],
  buffer: [10, Buffer.from('a')],
  map: [10, new Map()],
  symbol: [Symbol('percent'), Symbol('message')],
  // An object says how much is done, and this one nothing of it.
  throwing: [{ valueOf: toJSON }, { toString: toJSON }],
  refusing: [Object.defineProperty({}, 'done', { get: toJSON })],
}
interface Which {
  which: string
}
/** Finds very much that is wrong, and says it at length. */
const picky = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: () => ({
      issues: Array.from({ length: 1_000 }, () => ({ message: long, path: ['a'] })),
    }),
  },
} as const
const jobs = {
  picky: job({ input: picky, run: () => null }),
  returning: job({ run: (_, { which }: Which) => outputs[which]?.() }),
  reporting: job({
    run: (ctx, { which }: Which) => {
      const [percent, message] = reports[which] ?? []
      ctx.progress(percent as number, message as string)
      return null
    },
  }),
}
const workflows = {
  reporting: workflow({
    run: (ctx, { which }: Which) => {
      const [percent, message] = reports[which] ?? []
      ctx.progress(percent as number, message as string)
      return null
    },
  }),
  /** Its step gives what no log can keep. */
  keeping: workflow({
    steps: ['a'],
    run: async (ctx, { which }: Which) => {
      await ctx.step('a', () => outputs[which]?.())
      return null
    },
  }),
  awaiting: workflow({
    run: async (ctx, { event }: { event: string }) => ctx.waitFor(event),
  }),
}

let database: string
let gateway: Gateway
let worker: Worker
let url: string

beforeAll(async () => {
  database = await createDatabase()
  const { reporting, ...others } = workflows
  const app = {
    database,
    engine: bullmq(),
    jobs,
    workflowEngine: dbos(),
    workflows: { ...others, reporting_too: reporting },
    logger: quiet,
    maskErrors: false,
  }
  gateway = await createGateway(app)
  worker = await createWorker({ ...app, concurrency: 4 })
  url = (await gateway.listen(0)).url
})
afterAll(async () => {
  await worker?.close()
  await gateway?.close()
})

const ended = async (id: string): Promise<Record<string, unknown>> => {
  const text = 'select * from headway.run where id = $1 and finished_at is not null'
  await expect.poll(() => query(database, text, [id])).toHaveLength(1)
  return (await query(database, text, [id]))[0] ?? {}
}
const startWorkflow = async (name: string, args: unknown): Promise<string> => {
  const response = await fetch(`${url}/_api/rpc/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ args }),
  })
  return (await response.json()).data.workflow_id
}
const shown = async (kind: string, id: string): Promise<Record<string, unknown>> => {
  const { body } = await get(url, `/${kind}/${id}`)
  return isRecord(body) && isRecord(body.data) ? body.data : {}
}

describe('arguments that do not fit', () => {
  it('are refused with the first problems only, however many there are', async () => {
    const { status, body } = await post(url, '/rpc/picky', { args: null })
    expect(status).toBe(400)
    const error = isRecord(body) && isRecord(body.error) ? body.error : {}
    expect(error.message).toBe(`The arguments do not fit the schema at a: x${'😀'.repeat(249)}…`)
    expect(error.details).toHaveLength(100)
    expect(JSON.stringify(body).length).toBeLessThan(100_000)
  })
})

describe('an output', () => {
  it.each([
    ['buffer', 'photo is a file, or bytes'],
    ['map', 'is a map'],
    ['promise', 'user is a promise: await it'],
    ['unwritable', 'The output must be JSON: cannot be written'],
  ])('that JSON would lose fails its job, in words: %s', async (which, words) => {
    const run = await ended(await start(url, 'returning', { which }))
    expect(run).toMatchObject({ status: 'failed', error: expect.stringContaining(words) })
  })
})

describe('progress', () => {
  it.each([
    ['long', 10, `x${'😀'.repeat(499)}…`],
    ['buffer', 10, null],
    ['map', 10, null],
    ['symbol', 0, 'Symbol(message)'],
    ['throwing', null, null],
    ['refusing', null, null],
  ])('of whatever it is fails no run, and is short: %s', async (which, percent, message) => {
    const isDone = { status: 'completed', message }
    const id = await start(url, 'reporting', { which })
    expect(await ended(id)).toMatchObject(isDone)
    expect(await read(url, id)).toMatchObject(isDone)
    const workflow = await ended(await startWorkflow('reporting_too', { which }))
    expect(workflow).toMatchObject({ ...isDone, progress: percent })
  })

  it('and errors that SQL reports are cut when they are read', async () => {
    const call = (text: string, values: unknown[]) => query(database, `select ${text}`, values)
    const [row] = await query<{ id: string }>(database, `select headway.start_job('a') as id`)
    const id = row?.id ?? ''
    await call('headway.progress($1, 10, $2)', [id, long])
    expect(await shown('jobs', id)).toMatchObject({ message: `x${'😀'.repeat(499)}…` })
    await call('headway.fail($1, $2)', [id, long])
    expect(await shown('jobs', id)).toMatchObject({ error: `x${'😀'.repeat(999)}…` })

    const [flow] = await query<{ id: string }>(
      database,
      `select headway.start_workflow('b', array['one']) as id`,
    )
    const flowId = flow?.id ?? ''
    await call(`headway.step($1, 'one', 'failed', $2)`, [flowId, long])
    const { steps } = await shown('workflows', flowId)
    expect(steps).toMatchObject([{ name: 'one', status: 'failed', error: `x${'😀'.repeat(999)}…` }])
  })
})

describe('a workflow', () => {
  it('fails when the result of a step cannot be written, and does not repeat the step for ever', async () => {
    const run = await ended(await startWorkflow('keeping', { which: 'unwritable' }))
    const error = 'The result cannot be stored: cannot be written'
    expect(run).toMatchObject({ status: 'failed', error })
  })

  it.each(['', 'a\0b', 'x'.repeat(257)])(
    'cannot wait for an event with the invalid name %j',
    async (event) => {
      const run = await ended(await startWorkflow('awaiting', { event }))
      expect(run).toMatchObject({ status: 'failed' })
      expect(run.error).toContain('an event name must be 1 to 256 letters')
    },
  )
})
