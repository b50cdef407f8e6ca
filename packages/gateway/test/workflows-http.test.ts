import { randomUUID } from 'node:crypto'
import { get, openStream, post, type Stream } from '@headway/conformance'
import { isRecord } from '@headway/core/protocol'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { dbos } from '../src/dbos.ts'
import { createGateway, type Gateway, workflow } from '../src/index.ts'
import { createDatabase, query } from './support/database.ts'
import { quiet } from './support/quiet.ts'

let gateway: Gateway
let database: string
let url: string
const streams: Stream[] = []

const text = {
  '~standard': {
    version: 1 as const,
    vendor: 'test',
    validate: (value: unknown) =>
      typeof value === 'string' ? { value } : { issues: [{ message: 'no text' }] },
  },
}

beforeAll(async () => {
  database = await createDatabase()
  const run = () => null
  const workflows = {
    deploy: workflow({ steps: ['build', 'approve', 'release'], run }),
    told: workflow({ events: { word: text }, run }),
  }
  // Nobody works: what happens to these is said in SQL.
  gateway = await createGateway({ database, workflows, workflowEngine: dbos(), logger: quiet })
  url = (await gateway.listen(0)).url
})
afterEach(() => {
  for (const stream of streams.splice(0)) stream.close()
})
afterAll(() => gateway?.close())

const open = async (search = '?client=headway.1'): Promise<Stream> => {
  const stream = await openStream(url, {}, search)
  streams.push(stream)
  return stream
}
const dataOf = (answer: { body: unknown }): Record<string, unknown> =>
  isRecord(answer.body) && isRecord(answer.body.data) ? answer.body.data : {}
const codeOf = (answer: { status: number; body: unknown }): [number, unknown] => [
  answer.status,
  isRecord(answer.body) && isRecord(answer.body.error) ? answer.body.error.code : undefined,
]
const start = async (name = 'deploy'): Promise<string> =>
  String(dataOf(await post(url, `/rpc/${name}`, { args: null })).workflow_id)
/** One that is reported on. */
const begin = async (): Promise<string> => {
  const statement = `select headway.start_workflow('deploy', array['build', 'release']) as id`
  return (await query<{ id: string }>(database, statement))[0]?.id ?? ''
}
const subscribe = async (stream: Stream, id: string): Promise<Record<string, unknown>> => {
  const body = { ...stream.session, id, workflow_id: id }
  return dataOf(await post(url, '/subscribe-workflow', body))
}
const say = (call: string, values: unknown[]) => query(database, `select headway.${call}`, values)

describe('a workflow on the wire', () => {
  it('has every member, and its steps from the start', async () => {
    const id = await start()
    expect(await subscribe(await open(), id)).toEqual({
      workflow_id: id,
      status: 'created',
      step: null,
      waiting_for: null,
      steps: ['build', 'approve', 'release'].map((name) => ({
        name,
        status: 'pending',
        error: null,
      })),
      output: null,
      error: null,
      progress: null,
      message: null,
      cancel_requested: false,
      revision: expect.any(Number),
      attempt: 0,
    })
    expect(dataOf(await get(url, `/workflows/${id}`))).toMatchObject({ workflow_id: id })
  })

  it('is pushed as it changes, in the words of whoever listens', async () => {
    const id = await begin()
    const [ours, theirs] = [await open(), await open('')]
    await subscribe(ours, id)
    await subscribe(theirs, id)
    await say(`step($1, 'build', 'compensated')`, [id])
    await ours.untilWorkflow(({ status }) => status === 'compensating')
    await theirs.untilWorkflow(({ steps }) => steps[0]?.status === 'compensated')
    await say(`compensated($1, 'no more')`, [id])
    await ours.untilWorkflow(({ status }) => status === 'compensated')
    const end = await theirs.untilWorkflow(({ status }) => status === 'failed')
    expect(end).toMatchObject({ error: 'no more' })
    expect(theirs.workflows.map(({ status }) => status)).toEqual(['running', 'failed'])
    expect(ours.targets).toContain(`wf:${id}`)
  })

  it('that is created is pending for Forge, also in the answer of a batch', async () => {
    const id = await start()
    const stream = await open('')
    expect(await subscribe(stream, id)).toMatchObject({ status: 'pending' })
    const items = [{ kind: 'workflow', id, workflow_id: id }]
    const answer = await post(url, '/subscribe-batch', { ...stream.session, items })
    expect(answer.body).toMatchObject({
      data: [{ id, success: true, data: { status: 'pending' } }],
    })
  })

  it('is no longer pushed once it is unsubscribed', async () => {
    const [id, other] = [await begin(), await begin()]
    const stream = await open()
    await subscribe(stream, id)
    await subscribe(stream, other)
    const { session } = stream
    expect((await post(url, '/unsubscribe', { ...session, id, kind: 'workflow' })).status).toBe(200)
    const again = await post(url, '/unsubscribe', { ...session, id, kind: 'workflow' })
    expect(codeOf(again)).toEqual([404, 'SUBSCRIPTION_NOT_FOUND'])
    await say(`step($1, 'build')`, [id])
    await say(`step($1, 'build')`, [other])
    await stream.untilWorkflow(({ workflow_id }) => workflow_id === other)
    expect(stream.workflows.map(({ workflow_id }) => workflow_id)).toEqual([other])
  })

  it('is not found as a job, nor a job as a workflow', async () => {
    const id = await start()
    const stream = await open()
    const wrong = await post(url, '/subscribe-job', { ...stream.session, id, job_id: id })
    expect(codeOf(wrong)).toEqual([404, 'JOB_NOT_FOUND'])
    expect(codeOf(await get(url, `/jobs/${id}`))).toEqual([404, 'JOB_NOT_FOUND'])
    expect(codeOf(await get(url, `/workflows/${randomUUID()}`))).toEqual([
      404,
      'WORKFLOW_NOT_FOUND',
    ])
    expect(codeOf(await get(url, '/workflows/7'))).toEqual([400, 'INVALID_WORKFLOW_ID'])
    const body = { ...stream.session, id: 'x', workflow_id: 'x' }
    expect(codeOf(await post(url, '/subscribe-workflow', body))).toEqual([
      400,
      'INVALID_WORKFLOW_ID',
    ])
  })

  it('is started once per key', async () => {
    const starting = () =>
      fetch(`${url}/_api/rpc/deploy`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-idempotency-key': 'once' },
        body: '{}',
      }).then((response) => response.json())
    const [first, second] = [await starting(), await starting()]
    expect(first.data.workflow_id).toBe(second.data.workflow_id)
  })
})

describe('what can be asked of a workflow', () => {
  it('one that nobody has taken is cancelled at once; after that nothing changes', async () => {
    const id = await start()
    const cancelled = await post(url, `/workflows/${id}/cancel`, { reason: 'changed my mind' })
    expect(dataOf(cancelled)).toMatchObject({
      status: 'compensated',
      error: 'changed my mind',
      cancel_requested: true,
      steps: [{ status: 'skipped' }, { status: 'skipped' }, { status: 'skipped' }],
    })
    const again = await post(url, `/workflows/${id}/cancel`, { reason: 'once more' })
    expect(dataOf(again)).toEqual(dataOf(cancelled))
    expect(dataOf(await post(url, `/workflows/${id}/retry`, {}))).toMatchObject({
      status: 'created',
      attempt: 1,
      error: null,
      cancel_requested: false,
    })
  })

  it('one that is reported on hears of it with its next report', async () => {
    const id = await begin()
    const { status, cancel_requested } = dataOf(await post(url, `/workflows/${id}/cancel`, {}))
    expect({ status, cancel_requested }).toEqual({ status: 'running', cancel_requested: true })
    const [row] = await say(`step($1, 'build') as answer`, [id])
    expect(row).toEqual({ answer: 'cancel_requested' })
    await say('compensated($1)', [id])
    expect(dataOf(await get(url, `/workflows/${id}`))).toMatchObject({ error: 'cancelled' })
    expect(codeOf(await post(url, `/workflows/${id}/retry`, {}))).toEqual([409, 'CONFLICT'])
  })

  it('one that is undone already has nothing to be cancelled', async () => {
    const id = await begin()
    await say(`step($1, 'build', 'compensated')`, [id])
    const answer = dataOf(await post(url, `/workflows/${id}/cancel`, {}))
    expect(answer).toMatchObject({ status: 'compensating', cancel_requested: false })
  })

  it('what has completed is not done again', async () => {
    const id = await begin()
    await say(`complete($1)`, [id])
    expect(codeOf(await post(url, `/workflows/${id}/retry`, {}))).toEqual([409, 'CONFLICT'])
  })

  it('an event is checked, and kept once per key', async () => {
    const id = await start('told')
    const path = `/workflows/${id}/events/word`
    expect(codeOf(await post(url, path, { payload: 1 }))).toEqual([400, 'INVALID_ARGUMENT'])
    expect(codeOf(await post(url, `/workflows/${id}/events/other`, {}))).toEqual([404, 'NOT_FOUND'])
    const unknown = `/workflows/${randomUUID()}/events/word`
    expect(codeOf(await post(url, unknown, {}))).toEqual([404, 'WORKFLOW_NOT_FOUND'])
    const sending = () =>
      fetch(`${url}/_api${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-idempotency-key': 'once' },
        body: JSON.stringify({ payload: 'go' }),
      })
    expect((await sending()).status).toBe(200)
    expect((await sending()).status).toBe(200)
    const events = 'select name, payload from headway.event where run_id = $1'
    expect(await query(database, events, [id])).toEqual([{ name: 'word', payload: 'go' }])
    await post(url, `/workflows/${id}/cancel`, {})
    // The same once more is known; another one comes too late.
    expect((await sending()).status).toBe(200)
    expect(codeOf(await post(url, path, { payload: 'go' }))).toEqual([409, 'CONFLICT'])
  })

  it('events that nobody takes are not collected for ever', async () => {
    const id = await start()
    await query(
      database,
      `insert into headway.event (run_id, name) select $1, 'x' from generate_series(1, 100)`,
      [id],
    )
    const answer = await post(url, `/workflows/${id}/events/x`, {})
    expect(codeOf(answer)).toEqual([429, 'TOO_MANY_EVENTS'])
  })
})
