import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { dbos } from '../src/dbos.ts'
import {
  createGateway,
  createWorker,
  type Gateway,
  job,
  mutation,
  query,
  Refused,
  type Worker,
  type WorkflowEngine,
  workflow,
} from '../src/index.ts'
import { query as ask, createDatabase } from './support/database.ts'
import { memoryWorkflowEngine } from './support/memory-workflow-engine.ts'
import { type ThrownThing, thrownThings } from './support/thrown-things.ts'

/** How often each thing was thrown, by where and which. */
const throws = new Map<string, number>()

/** Throws a thing, or rejects with it: both ways are users'. */
const fail = (where: string, index: number): Promise<never> => {
  const key = `${where} ${index}`
  throws.set(key, (throws.get(key) ?? 0) + 1)
  const thrown = thrownThings[index]?.make()
  if (index % 2 === 0) throw thrown
  return Promise.reject(thrown)
}

interface Which {
  index: number
}
const noDelay = { type: 'fixed', delayMs: 0 } as const
const twice = { attempts: 2, backoff: noDelay }
const jobs = {
  throwing: job({ ...twice, run: (_, { index }: Which) => fail('job', index) }),
  next: job({ run: () => 'done' }),
}
const workflows = {
  inStep: workflow({
    steps: ['a'],
    run: (ctx, { index }: Which) => ctx.step('a', () => fail('step', index), { retry: twice }),
  }),
  inOptional: workflow({
    steps: ['a'],
    run: async (ctx, { index }: Which) => {
      await ctx.step('a', () => fail('optional', index), { optional: true })
      return 'done'
    },
  }),
  /** The step is not waited for when it fails: nothing is to end the process. */
  floating: workflow({
    steps: ['a', 'b'],
    run: async (ctx, { index }: Which) => {
      void ctx.step('a', () => fail('floating', index))
      await ctx.step('b', () => new Promise((resolve) => setImmediate(resolve)))
      return 'done'
    },
  }),
  inWorkflow: workflow({ run: (_, { index }: Which) => fail('workflow', index) }),
  inUndo: workflow({
    steps: ['a', 'b'],
    run: async (ctx, { index }: Which) => {
      await ctx.step('a', () => 1, { compensate: () => fail('undo', index), retry: twice })
      await ctx.step('b', () => {
        throw new Refused('no more')
      })
    },
  }),
}
const anything = {
  '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value }) },
} as const
const queries = { asking: query({ run: ({ input }) => fail('query', (input as Which).index) }) }
const mutations = {
  changing: mutation({ run: ({ input }) => fail('mutation', (input as Which).index) }),
  uploading: mutation({
    files: true,
    input: anything,
    run: ({ input }) => fail('upload', (input as Which).index),
  }),
}

/** The log, as pino writes it. */
const logged: string[] = []
const logger = pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) })
/** Which thing `authorize` throws next. */
let asked = 0
let database: string
let gateway: Gateway
let worker: Worker
let url: string
const unhandled: unknown[] = []
const onUnhandled = (reason: unknown): void => void unhandled.push(reason)

const begin = async (workflowEngine: WorkflowEngine, maskErrors: boolean): Promise<void> => {
  throws.clear()
  process.on('unhandledRejection', onUnhandled)
  database = await createDatabase()
  const app = {
    database,
    engine: bullmq(),
    jobs,
    workflowEngine,
    workflows,
    logger,
    maskErrors,
  }
  gateway = await createGateway({
    ...app,
    queries,
    mutations,
    auth: {
      authenticate: async ({ headers }) => {
        const thrown = headers.get('x-throw')
        if (thrown !== null) return fail('authenticate', Number(thrown))
        const user = headers.get('x-user')
        return user === null ? null : { id: user, roles: user === 'admin' ? ['admin'] : [] }
      },
    },
    authorize: () => fail('authorize', asked),
  })
  worker = await createWorker({ ...app, concurrency: 8 })
  url = (await gateway.listen(0)).url
}
const end = async (): Promise<void> => {
  await worker?.close()
  await gateway?.close()
  process.off('unhandledRejection', onUnhandled)
}

const json = { 'content-type': 'application/json' }
const call = async (
  path: string,
  init: RequestInit = {},
): Promise<{ status: number; message: string; code: string; text: string }> => {
  const response = await fetch(`${url}/_api${path}`, {
    ...init,
    headers: { 'x-user': 'ann', ...(typeof init.body === 'string' && json), ...init.headers },
  })
  const text = await response.text()
  const { error } = JSON.parse(text)
  return { status: response.status, message: error?.message, code: error?.code, text }
}
const rpc = (name: string, index: number) =>
  call(`/rpc/${name}`, { method: 'POST', body: JSON.stringify({ args: { index } }) })
const sendForm = (name: string, body: FormData) =>
  call(`/rpc/${name}/upload`, { method: 'POST', body })
const start = async (name: string, args: unknown): Promise<string> => {
  const { text } = await call(`/rpc/${name}`, { method: 'POST', body: JSON.stringify({ args }) })
  const { data } = JSON.parse(text)
  return data.job_id ?? data.workflow_id
}
interface Ended {
  id: string
  status: string
  error: string | null
  attempt: number
  step: string | null
}
/**
 * Starts one of each, and waits until all of them have ended: as they are, in the order of the
 * things.
 */
const startAll = async (name: string): Promise<Ended[]> => {
  const ids = await Promise.all(thrownThings.map((_, index) => start(name, { index })))
  const text = `select id, status, error, attempt,
                       (select error from headway.step where run_id = run.id and name = 'a') as step
                  from headway.run where id = any($1::uuid[]) and finished_at is not null`
  const read = (): Promise<Ended[]> => ask<Ended>(database, text, [ids])
  await expect.poll(read).toHaveLength(ids.length)
  const rows = new Map((await read()).map((row) => [row.id, row]))
  return ids.map((id) => rows.get(id) as Ended)
}

/** The message that must be shown for a thing. */
const expectShown = (shown: unknown, thing: ThrownThing, masked: string | null): void => {
  if (typeof shown !== 'string') throw new Error(`${thing.name} is shown as ${typeof shown}`)
  expect(shown.length).toBeLessThanOrEqual(2_000)
  expect(shown.isWellFormed()).toBe(true)
  expect(shown).not.toContain('\0')
  const says = masked === null || thing.isForUsers ? thing.says : masked
  if (typeof says === 'string') expect(shown, thing.name).toBe(says)
  else expect(shown, thing.name).toMatch(says)
}
const each = <T>(of: readonly T[], check: (one: T, thing: ThrownThing, index: number) => void) => {
  for (const [index, thing] of thrownThings.entries()) check(of[index] as T, thing, index)
}

describe.each([
  ['masked', true, dbos],
  ['shown', false, memoryWorkflowEngine],
] as const)('what is thrown is %s', (_, maskErrors, engine) => {
  const masked = (sentence: string): string | null => (maskErrors ? sentence : null)
  beforeAll(() => begin(engine(), maskErrors))
  afterAll(end)
  afterEach(async () => {
    logged.length = 0
    expect(unhandled.splice(0)).toEqual([])
    const next = await start('next', null)
    await expect
      .poll(async () => JSON.parse((await call(`/jobs/${next}`)).text).data.status)
      .toBe('completed')
  })

  it('by a job, which has all its attempts', async () => {
    each(await startAll('throwing'), ({ id, status, error, attempt }, thing, index) => {
      const lines = logged.filter((line) => line.includes(id)).map((line) => JSON.parse(line))
      const whole = lines.map(({ msg, attempt, err }) => [msg, attempt, typeof err.message])
      const faults = [
        ['the job failed; trying again', 1, 'string'],
        ['the job failed', 2, 'string'],
      ]
      expect(whole, thing.name).toEqual(thing.isForUsers ? [] : faults)
      for (const { err } of lines) expect(err.message.length).toBeLessThanOrEqual(100_000)
      expect({ status, attempt }, thing.name).toEqual({ status: 'dead_letter', attempt: 2 })
      expect(throws.get(`job ${index}`), thing.name).toBe(2)
      expectShown(error, thing, masked('The job failed'))
    })
  })

  it('by a step, which has all its attempts', async () => {
    each(await startAll('inStep'), ({ status, error, step }, thing, index) => {
      expect(status, thing.name).toBe('failed')
      expect(throws.get(`step ${index}`), thing.name).toBe(2)
      expectShown(step, thing, masked('The step failed'))
      expect(error).toBe(step)
    })
  })

  it('by a step that is optional: its workflow goes on', async () => {
    each(await startAll('inOptional'), ({ status, step }, thing) => {
      expect(status, thing.name).toBe('completed')
      expectShown(step, thing, masked('The step failed'))
    })
  })

  it('by a step that its workflow does not wait for', async () => {
    each(await startAll('floating'), ({ status }, thing, index) => {
      expect(status, thing.name).toBe('completed')
      expect(throws.get(`floating ${index}`), thing.name).toBe(1)
    })
  })

  it('by a workflow between its steps', async () => {
    each(await startAll('inWorkflow'), ({ status, error }, thing, index) => {
      expect(status, thing.name).toBe('failed')
      expect(throws.get(`workflow ${index}`), thing.name).toBe(1)
      expectShown(error, thing, masked('The workflow failed'))
    })
  })

  it('by the compensation of a step', async () => {
    each(await startAll('inUndo'), ({ status, error, step }, thing, index) => {
      expect({ status, error }, thing.name).toEqual({
        status: 'failed',
        error: 'no more; not undone: a',
      })
      expect(throws.get(`undo ${index}`), thing.name).toBe(2)
      expectShown(step, thing, masked('The step could not be undone'))
    })
  })

  it('by a query that is called', async () => {
    for (const [index, thing] of thrownThings.entries()) {
      const { status, code, message } = await rpc('asking', index)
      expect(status, thing.name).toBe(thing.isForUsers ? 422 : 500)
      expect(code).toBe(thing.isForUsers ? 'REFUSED' : 'SUBSCRIPTION_FAILED')
      expectShown(message, thing, masked('The query failed'))
    }
  })

  it('by watched queries: each gets its own answer', async () => {
    const stream = await fetch(`${url}/_api/events?client=headway.1`, {
      headers: { 'x-user': 'ann' },
    })
    const reader = stream.body?.getReader()
    const chunk = new TextDecoder().decode((await reader?.read())?.value)
    const connected = JSON.parse(/^data: (.*)$/m.exec(chunk)?.[1] ?? '')
    const { session_id, session_secret } = connected
    const items = thrownThings.map((_, index) => ({
      kind: 'query',
      id: `q${index}`,
      function: 'asking',
      args: { index },
    }))
    const body = JSON.stringify({ session_id, session_secret, items })
    const { status, text } = await call('/subscribe-batch', { method: 'POST', body })
    expect(status).toBe(200)
    each(JSON.parse(text).data as { error: { message: string } }[], ({ error }, thing) =>
      expectShown(error.message, thing, masked('The query failed')),
    )
    await reader?.cancel()
  })

  it.each(['changing', 'uploading'] as const)('by a mutation: %s', async (name) => {
    for (const [index, thing] of thrownThings.entries()) {
      const form = new FormData()
      form.set('_json', JSON.stringify({ index }))
      const { status, message, text } =
        name === 'changing' ? await rpc(name, index) : await sendForm(name, form)
      expect(status, thing.name).toBe(thing.isForUsers ? 422 : 500)
      expect(text.length).toBeLessThan(10_000)
      expectShown(message, thing, masked('Something went wrong'))
    }
  })

  it('by authenticate', async () => {
    for (const [index, thing] of thrownThings.entries()) {
      const headers = { 'x-throw': String(index) }
      const { status, message } = await call('/rpc/next', { method: 'POST', body: '{}', headers })
      expect(status, thing.name).toBe(thing.isForUsers ? 422 : 500)
      expectShown(message, thing, masked('Something went wrong'))
    }
  })

  it('by authorize', async () => {
    const id = await start('next', null)
    for (const [index, thing] of thrownThings.entries()) {
      asked = index
      const { status, message } = await call(`/jobs/${id}`, { headers: { 'x-user': 'bob' } })
      expect(status, thing.name).toBe(thing.isForUsers ? 422 : 500)
      expectShown(message, thing, masked('Something went wrong'))
    }
  })
})
