import { randomUUID } from 'node:crypto'
import { isRecord } from '@headway/core/protocol'
import { expect, it } from 'vitest'
import { post } from '../wire/api.ts'
import type { Wire } from './wire-fixture.ts'

/** Tests of PROTOCOL.md, "Batches". */
export function describeBatches(wire: Wire): void {
  const batch = async (items: object[]): Promise<unknown> => {
    const body = { ...wire.stream.session, items }
    const answer = await post(wire.server.url, '/subscribe-batch', body)
    return isRecord(answer.body) ? answer.body.data : answer
  }

  it('Batches: each item has its own answer', async (context) => {
    wire.needs('subscribe-batch', context)
    const [jobId, missing] = [await wire.begin(), randomUUID()]
    expect(await batch([jobId, missing].map((id) => ({ kind: 'job', id, job_id: id })))).toEqual([
      { kind: 'job', id: jobId, success: true, data: expect.objectContaining({ job_id: jobId }) },
      {
        kind: 'job',
        id: missing,
        success: false,
        error: expect.objectContaining({ code: 'JOB_NOT_FOUND' }),
      },
    ])
  })

  it('Batches: one id as a job, a workflow and a query gets three answers, each with its kind', async (context) => {
    wire.needs('subscribe-batch', context)
    const id = await wire.begin()
    const answers = await batch([
      { kind: 'workflow', id, workflow_id: id },
      { kind: 'job', id, job_id: id },
      { kind: 'query', id, function: 'no_such_query', args: null },
    ])
    expect(answers).toMatchObject([
      { kind: 'workflow', id, success: false, error: { code: 'WORKFLOW_NOT_FOUND' } },
      { kind: 'job', id, success: true, data: { job_id: id } },
      { kind: 'query', id, success: false },
    ])
  })

  it('Batches: answers come in the order of the items, without `kind` for an unknown kind', async (context) => {
    wire.needs('subscribe-batch', context)
    const jobIds = await Promise.all([1, 2, 3].map(() => wire.begin()))
    const items = jobIds.flatMap((id, index) => [
      { kind: 'job', id: `missing ${index}`, job_id: randomUUID() },
      { kind: 'job', id, job_id: id },
      { kind: 'of a later client', id: `odd ${index}` },
      { kind: 'job', id, job_id: id },
    ])
    const answers = await batch(items)
    const named = items.map(({ kind, id }) => ({ ...(kind === 'job' && { kind }), id }))
    const received = (Array.isArray(answers) ? answers : []).map(({ kind, id }) => ({
      ...(kind !== undefined && { kind }),
      id,
    }))
    expect(received).toEqual(named)
  })
}
