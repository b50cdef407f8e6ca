import { randomUUID } from 'node:crypto'
import { openStream } from '@headway/conformance/wire'
import type { BatchAnswer } from '@headway/core/protocol'
import { describe, expect, it } from 'vitest'
import { routes } from '../src/http/routes.ts'
import { type Answer, ask, bearer } from './support/attack.ts'
import { query as run } from './support/database.ts'
import { memoryEngine } from './support/memory-engine.ts'
import { memoryWorkflowEngine } from './support/memory-workflow-engine.ts'
import { database, type Headers, staff, streams, url } from './support/strict-gateway.ts'

/**
 * One way to make something run; `owner` is who has started it before, where something has to be
 * there.
 */
type Path = (headers: Headers, owner: string) => Promise<Answer>

const call =
  (name: string): Path =>
  (headers) =>
    ask(url, 'POST', `/rpc/${name}`, headers)
/** A run that has failed, of `owner`. */
const failed = async (kind: 'job' | 'workflow', name: string, owner: string): Promise<string> => {
  const engine = kind === 'job' ? memoryEngine().name : memoryWorkflowEngine().name
  const id = randomUUID()
  await run(
    database,
    `insert into headway.run (id, kind, name, engine, status, owner, args, finished_at)
     values ($1, $2, $3, $4, 'failed', $5, 'null', now())`,
    [id, kind, name, engine, owner],
  )
  return id
}
const retry =
  (kind: 'job' | 'workflow', name: string): Path =>
  async (headers, owner) =>
    ask(url, 'POST', `/${kind}s/${await failed(kind, name, owner)}/retry`, headers)
const group = async (owner: string, name = 'strictJob'): Promise<string> => {
  const rows = await run<{ id: string }>(database, `select headway.start_group($2, $1) as id`, [
    owner,
    name,
  ])
  return rows[0]?.id ?? ''
}
const addChild: Path = async (headers, owner) =>
  ask(url, 'POST', `/jobs/${await group(owner)}/children`, headers, { items: [{}] })
/** A group with one child that has failed. */
const retryGroup =
  (name: string): Path =>
  async (headers, owner) => {
    const id = await group(owner, name)
    await run(database, `select headway.fail(headway.start_child($1), 'no')`, [id])
    await run(database, 'select headway.close_group($1)', [id])
    // The gateway counts, too, and ends it.
    const status = () => run(database, 'select status from headway.run where id = $1', [id])
    await expect.poll(status).toEqual([{ status: 'failed' }])
    return ask(url, 'POST', `/jobs/${id}/retry`, headers)
  }
const upload: Path = async (headers) => {
  const response = await fetch(`${url}/_api/rpc/strictMutation/upload`, {
    method: 'POST',
    headers,
    body: new FormData(),
  })
  const { error, data } = await response.json()
  const { code, message } = error ?? {}
  return { status: response.status, code, message, data, headers: response.headers }
}
const register: Path = async (headers) => {
  const stream = await openStream(url, headers)
  streams.push(stream)
  const body = { ...stream.session, id: randomUUID(), function: 'strictQuery' }
  return ask(url, 'POST', '/subscribe', headers, body)
}
const registerInBatch: Path = async (headers) => {
  const stream = await openStream(url, headers)
  streams.push(stream)
  const items = [{ kind: 'query', id: randomUUID(), function: 'strictQuery' }]
  const answer = await ask(url, 'POST', '/subscribe-batch', headers, { ...stream.session, items })
  return { ...answer, ...outcomeOf((answer.data as BatchAnswer[])[0]) }
}
const registerWithStream: Path = async (headers) => {
  const item = { kind: 'query', id: randomUUID(), function: 'strictQuery' }
  const stream = await openStream(url, headers, '', [item])
  streams.push(stream)
  const answer = await stream.untilAnswer(item.id)
  return { message: null, data: null, headers: stream.headers, ...outcomeOf(answer) }
}
const outcomeOf = (item: BatchAnswer | undefined): Pick<Answer, 'status' | 'code'> => {
  if (item?.success) return { status: 200, code: undefined }
  const code = item?.error.code ?? ''
  const statuses: Record<string, number> = { FORBIDDEN: 403, UNAUTHORIZED: 401, RATE_LIMITED: 429 }
  return { status: statuses[code] ?? 500, code }
}

/** Every route by what it runs: a new route fails the first test until it is listed here. */
const decisions: Record<string, Record<string, Path> | 'runs nothing'> = {
  rpc: {
    'a job that is started': call('strictJob'),
    'a job that is started by a name in the body': (headers) =>
      ask(url, 'POST', '/rpc', headers, { function: 'strictJob' }),
    'a workflow that is started': call('strictWorkflow'),
    'a query that is called': call('strictQuery'),
    'a mutation that is called': call('strictMutation'),
    'a job that a mutation starts': call('startsJob'),
    'a workflow that a mutation starts': call('startsWorkflow'),
  },
  upload: { 'a mutation that is sent files': upload },
  subscribe: { 'a query that is registered': register },
  subscribeBatch: { 'a query that is registered in a batch': registerInBatch },
  eventsWithItems: { 'a query that is registered with its stream': registerWithStream },
  startMany: {
    'a group that is started': (headers) =>
      ask(url, 'POST', '/rpc/strictJob/many', headers, { items: [{}] }),
    'a group of workflows that is started': (headers) =>
      ask(url, 'POST', '/rpc/strictWorkflow/many', headers, { items: [{}] }),
  },
  addChildren: { 'a child that is added to a group': addChild },
  retryJob: {
    'a job that is retried': retry('job', 'strictJob'),
    'a group that is retried': retryGroup('strictJob'),
  },
  retryWorkflow: {
    'a workflow that is retried': retry('workflow', 'strictWorkflow'),
    'a group of workflows that is retried': retryGroup('strictWorkflow'),
  },
  // A workflow that was let in goes on: its owner may always send it events.
  sendEvent: 'runs nothing',
  cancelJob: 'runs nothing',
  cancelWorkflow: 'runs nothing',
  events: 'runs nothing',
  ticket: 'runs nothing',
  subscribeJob: 'runs nothing',
  subscribeWorkflow: 'runs nothing',
  unsubscribe: 'runs nothing',
  unsubscribeBatch: 'runs nothing',
  readJob: 'runs nothing',
  readList: 'runs nothing',
  readWorkflow: 'runs nothing',
  signal: 'runs nothing',
  health: 'runs nothing',
  ready: 'runs nothing',
  metrics: 'runs nothing',
}
const paths = Object.values(decisions).flatMap((named) =>
  named === 'runs nothing' ? [] : Object.entries(named),
)

it('has decided about each route', () => {
  expect(Object.keys(decisions).sort()).toEqual(Object.keys(routes).sort())
})

describe.each(paths)('%s', (_, go) => {
  it('is refused without a role, also for its owner', async () => {
    const name = randomUUID()
    expect(await go(await bearer(name), name)).toMatchObject({ status: 403, code: 'FORBIDDEN' })
  })

  it('counts against the rate limit', async () => {
    const name = randomUUID()
    const headers = await bearer(name, staff)
    expect(await go(headers, name)).toMatchObject({ status: 200 })
    expect(await go(headers, name)).toMatchObject({ status: 200 })
    const refused = await go(headers, name)
    expect(refused).toMatchObject({ status: 429, code: 'RATE_LIMITED' })
  })
})

describe.each(paths.filter(([what]) => what.includes('retried')))('%s', (what, go) => {
  it('is refused to other users, and does not count for them', async () => {
    const [owner, thief] = [randomUUID(), randomUUID()]
    for (let times = 0; times < 3; times += 1) {
      expect(await go(await bearer(thief, staff), owner)).toMatchObject({ status: 403 })
    }
    expect(await go(await bearer(owner, staff), owner)).toMatchObject({ status: 200 })
  })

  it('counts against the same limit as starts', async () => {
    const owner = randomUUID()
    const headers = await bearer(owner, staff)
    await go(headers, owner)
    const name = what.includes('workflow') ? 'strictWorkflow' : 'strictJob'
    expect(await call(name)(headers, owner)).toMatchObject({ status: 200 })
    expect(await go(headers, owner)).toMatchObject({ status: 429 })
  })
})

it('a run whose function is not defined here cannot be retried', async () => {
  const id = await failed('job', 'gone', 'ann')
  const answer = await ask(url, 'POST', `/jobs/${id}/retry`, await bearer('ann', staff))
  expect(answer).toMatchObject({ status: 409, code: 'CONFLICT' })
})
