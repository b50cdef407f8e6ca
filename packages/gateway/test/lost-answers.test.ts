import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { dbos } from '../src/dbos.ts'
import { createGateway, createWorker, job, mutation, workflow } from '../src/index.ts'
import { createTeardown } from '../src/teardown.ts'
import { ask, member } from './support/attack.ts'
import { createDatabase, query } from './support/database.ts'
import { createRefusingProxy, type Refusal, type RefusingProxy } from './support/refusing-proxy.ts'

const lines: string[] = []
const ran = new Map<string, number>()
/** What the second attempts wait for. */
let held: Promise<unknown> = Promise.resolve()
const count = async (id: string): Promise<number> => {
  ran.set(id, (ran.get(id) ?? 0) + 1)
  if (ran.get(id) === 1) throw new Error('not the first time')
  await held
  return ran.get(id) ?? 0
}
const app = {
  engine: bullmq(),
  workflowEngine: dbos(),
  jobs: {
    second: job({ attempts: 1, run: (ctx) => count(ctx.id) }),
  },
  workflows: {
    goesOn: workflow({ steps: ['a'], run: (ctx) => ctx.step('a', () => count(ctx.id)) }),
    hears: workflow({ steps: ['a'], run: (ctx) => ctx.waitFor('word') }),
    wide: workflow({
      steps: Array.from(
        { length: 500 },
        (_, index) => `a-step-with-a-name-that-is-quite-long-${index}`,
      ),
      run: (ctx) => ctx.waitFor('word'),
    }),
  },
  mutations: {
    note: mutation({
      run: async ({ sql }) => {
        await sql`insert into noted (id) values (default)`
        return 'noted'
      },
    }),
  },
  logger: pino({ level: 'error' }, { write: (line: string) => void lines.push(line) }),
}

const teardown = createTeardown()
let database: string
let proxy: RefusingProxy
let url: string

beforeAll(async () => {
  database = await createDatabase()
  await query(database, 'create table noted (id serial)')
  proxy = await createRefusingProxy(database)
  teardown.defer(proxy.close)
  const gateway = await createGateway({ ...app, database: proxy.url })
  teardown.defer(gateway.close)
  url = (await gateway.listen(0)).url
  const worker = await createWorker({ ...app, database })
  teardown.defer(() => worker.close({ force: true }))
})
afterAll(teardown.run)

/** Does such a statement, and loses its answer; or refuses it with a SQLSTATE. */
const refuse = (kind: RegExp, state = 'cut', times = 1): Refusal =>
  proxy.refuse({ matches: (statement) => kind.test(statement), state, times })
const read = async (id: string) =>
  (await query(database, 'select status, attempt, output from headway.run where id = $1', [id]))[0]
const started = async (name: string): Promise<string> => {
  const answer = await ask(url, 'POST', `/rpc/${name}`)
  return String(member(answer, 'job_id') ?? member(answer, 'workflow_id'))
}
const failed = async (name = 'second'): Promise<string> => {
  const id = await started(name)
  await expect.poll(() => read(id)).toMatchObject({ status: 'failed' })
  return id
}
/** The statuses of eight retries, of which the first does not end before all are answered. */
const retryAtOnce = async (path: string): Promise<number[]> => {
  let goOn = (): void => undefined
  held = new Promise<void>((resolve) => (goOn = resolve))
  const answers = await Promise.all(Array.from({ length: 8 }, () => ask(url, 'POST', path)))
  goOn()
  return answers.map(({ status }) => status)
}
const unknown = { status: 503, code: 'OUTCOME_UNKNOWN' }

describe('a retry of a job', () => {
  it.each([
    ['loses the answer about the row', /-- A failed or cancelled run waits/, 'cut'],
    ['loses the answer of the queue', /SELECT add_job/, 'cut'],
    ['is refused by the queue for a moment', /SELECT add_job/, '53300'],
    ['loses the answer about the hand-over', /-- The queue has a run/, 'cut'],
  ])('that %s is one attempt', async (_, kind, state) => {
    const id = await failed()
    const refusal = refuse(kind, state)
    expect(await ask(url, 'POST', `/jobs/${id}/retry`)).toMatchObject({ status: 200 })
    expect(refusal.times).toBe(0)
    const done = { status: 'completed', attempt: 2, output: 2 }
    await expect.poll(() => read(id)).toEqual(done)
    expect(ran.get(id)).toBe(2)
  })

  it('that is asked for many times at once is one, and no conflict', async () => {
    const id = await failed()
    expect(await retryAtOnce(`/jobs/${id}/retry`)).toEqual(Array(8).fill(200))
    await expect.poll(() => read(id)).toMatchObject({ status: 'completed', attempt: 2 })
    expect(ran.get(id)).toBe(2)
  })
})

describe('a workflow', () => {
  const insert = /insert into headway\.run.*'workflow'/is
  const sendEvent = /-- Stores an event/

  it('whose start loses its answer is one run, also without a key', async () => {
    const rows = `select id from headway.run where name = 'hears'`
    const before = await query(database, rows)
    const refusal = refuse(insert)
    const id = await started('hears')
    expect(refusal.times).toBe(0)
    expect(await query(database, rows)).toHaveLength(before.length + 1)
    expect(await read(id)).toBeDefined()
  })

  it('whose retry loses its answer goes on, once', async () => {
    const id = await failed('goesOn')
    const refusal = refuse(/-- Failed and undone steps are repeated/)
    expect(await ask(url, 'POST', `/workflows/${id}/retry`)).toMatchObject({ status: 200 })
    expect(refusal.times).toBe(0)
    await expect.poll(() => read(id)).toMatchObject({ status: 'completed', attempt: 2 })
  })

  it('whose retry is asked for many times at once goes on, without a conflict', async () => {
    const id = await failed('goesOn')
    expect(await retryAtOnce(`/workflows/${id}/retry`)).toEqual(Array(8).fill(200))
    await expect.poll(() => read(id)).toMatchObject({ status: 'completed', attempt: 2 })
  })

  const eventsOf = (id: string) =>
    query(database, 'select from headway.event where run_id = $1', [id])

  it.each(['with', 'without'])(
    'is told of an event once when the answer is lost, %s a key',
    async (how) => {
      const id = await started('hears')
      const refusal = refuse(sendEvent)
      const key = how === 'with' ? { 'x-idempotency-key': randomUUID() } : {}
      const tell = () => ask(url, 'POST', `/workflows/${id}/events/word`, key)
      expect(await tell()).toMatchObject({ status: 200 })
      expect(refusal.times).toBe(0)
      expect(await eventsOf(id)).toHaveLength(1)
    },
  )

  it('that is told of an event while no answer comes may be told again under the key', async () => {
    const id = await started('hears')
    const key = { 'x-idempotency-key': randomUUID() }
    const path = `/workflows/${id}/events/other`
    refuse(sendEvent, 'cut', 2)
    expect(await ask(url, 'POST', path, key)).toMatchObject(unknown)
    expect(await ask(url, 'POST', path, key)).toMatchObject({ status: 200 })
    expect(await eventsOf(id)).toHaveLength(1)
  })

  it('is not told of an event when there is no room for the answer', async () => {
    const id = await started('wide')
    const [report] = await query<{ id: string }>(
      database,
      `select id, headway.complete(id, to_json(repeat('x', 6 * 1024 * 1024)))
         from headway.start_job('report') as id`,
    )
    const path = `/jobs/${report?.id}`
    const { host, port } = new URL(url)
    const isFull = async (): Promise<boolean> => {
      const socket = connect(Number(port), '127.0.0.1').pause()
      teardown.defer(async () => void socket.destroy())
      socket.on('error', () => undefined)
      socket.write(`GET /_api${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
      return (await ask(url, 'GET', path)).status === 503
    }
    await expect.poll(isFull).toBe(true)
    const refused = await ask(url, 'POST', `/workflows/${id}/events/word`)
    expect(refused).toMatchObject({ status: 503, code: 'SERVICE_UNAVAILABLE' })
    expect(await eventsOf(id)).toHaveLength(0)
  })
})

it('a mutation whose commit is not answered says that nobody knows', async () => {
  const rows = () => query(database, 'select from noted')
  const refusal = refuse(/^Q.{4}commit\0$/s)
  lines.splice(0)
  expect(await ask(url, 'POST', '/rpc/note')).toMatchObject(unknown)
  expect(lines.join('')).toMatch(/Connection terminated.*a request failed/)
  expect(refusal.times).toBe(0)
  expect(await rows()).toHaveLength(1)
  refuse(/^Q.{4}commit\0$/s, '40001')
  expect(await ask(url, 'POST', '/rpc/note')).toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
  expect(await rows()).toHaveLength(1)
})
