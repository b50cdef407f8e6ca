import { randomUUID } from 'node:crypto'
import { get, openStream, post, type Stream } from '@headway/conformance/wire'
import { describe, expect, it } from 'vitest'
import { begin, codeOf, dataOf, say, start, streams, url } from './support/workflows-gateway.ts'

const open = async (search = '?client=headway.1'): Promise<Stream> => {
  const stream = await openStream(url, {}, search)
  streams.push(stream)
  return stream
}
const subscribe = async (stream: Stream, id: string): Promise<Record<string, unknown>> => {
  const body = { ...stream.session, id, workflow_id: id }
  return dataOf(await post(url, '/subscribe-workflow', body))
}

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
      created_at: expect.any(Number),
      started_at: null,
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

  it('has a cancelled step, which has failed for Forge', async () => {
    const id = await begin()
    const [ours, theirs] = [await open(), await open('')]
    await subscribe(ours, id)
    await subscribe(theirs, id)
    await say(`step($1, 'build')`, [id])
    await post(url, `/workflows/${id}/cancel`, { reason: 'no more' })
    await say('compensated($1)', [id])
    const seen = await ours.untilWorkflow(({ status }) => status === 'compensated')
    expect(seen.steps[0]).toMatchObject({ name: 'build', status: 'cancelled', error: 'no more' })
    const known = await theirs.untilWorkflow(({ status }) => status === 'failed')
    expect(known.steps[0]).toEqual({ name: 'build', status: 'failed', error: 'no more' })
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
