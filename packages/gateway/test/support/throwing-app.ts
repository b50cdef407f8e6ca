import { pino } from 'pino'
import { expect } from 'vitest'
import { bullmq } from '../../src/bullmq.ts'
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
} from '../../src/index.ts'
import { query as ask, createDatabase } from './database.ts'
import { type ThrownThing, thrownThings } from './thrown-things.ts'

/** How often each thing was thrown, by where and which. */
export const throws = new Map<string, number>()

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
export const logged: string[] = []
const logger = pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) })
/** Which thing `authorize` throws next. */
let asked = 0
let database: string
let gateway: Gateway
let worker: Worker
export let url: string
export const unhandled: unknown[] = []
const onUnhandled = (reason: unknown): void => void unhandled.push(reason)

export const begin = async (workflowEngine: WorkflowEngine, maskErrors: boolean): Promise<void> => {
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
export const end = async (): Promise<void> => {
  await worker?.close()
  await gateway?.close()
  process.off('unhandledRejection', onUnhandled)
}

const json = { 'content-type': 'application/json' }
export const call = async (
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
export const rpc = (name: string, index: number) =>
  call(`/rpc/${name}`, { method: 'POST', body: JSON.stringify({ args: { index } }) })
export const sendForm = (name: string, body: FormData) =>
  call(`/rpc/${name}/upload`, { method: 'POST', body })
export const start = async (name: string, args: unknown): Promise<string> => {
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
export const startAll = async (name: string): Promise<Ended[]> => {
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
export const expectShown = (shown: unknown, thing: ThrownThing, masked: string | null): void => {
  if (typeof shown !== 'string') throw new Error(`${thing.name} is shown as ${typeof shown}`)
  expect(shown.length).toBeLessThanOrEqual(2_000)
  expect(shown.isWellFormed()).toBe(true)
  expect(shown).not.toContain('\0')
  const says = masked === null || thing.isForUsers ? thing.says : masked
  if (typeof says === 'string') expect(shown, thing.name).toBe(says)
  else expect(shown, thing.name).toMatch(says)
}
export const each = <T>(
  of: readonly T[],
  check: (one: T, thing: ThrownThing, index: number) => void,
) => {
  for (const [index, thing] of thrownThings.entries()) check(of[index] as T, thing, index)
}

/** `authorize` throws the thing at this index. */
export function throwFromAuthorize(index: number): void {
  asked = index
}
