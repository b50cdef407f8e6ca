import { randomUUID } from 'node:crypto'
import type { BatchItem } from '@headway/core/protocol'
import { expect, it } from 'vitest'
import { post } from '../wire/api.ts'
import type { Stream } from '../wire/stream.ts'
import type { Wire } from './wire-fixture.ts'

/** Tests of PROTOCOL.md, "Registrations in the stream", and of `seq` in "Several servers". */
export function describeStreamAnswers(wire: Wire): void {
  const path = '/events?client=headway.1'
  const item = (id: string): BatchItem => ({ kind: 'job', id, job_id: id })
  const open = (items: readonly BatchItem[]): Promise<Stream> =>
    wire.open('?client=headway.1', items)
  const send = (stream: Stream, to: string, seq: number, jobId: string) =>
    post(wire.server.url, to, { ...stream.session, seq, items: [item(jobId)] })
  /** Starts jobs, and opens a stream with them. Resolves with the answers. */
  const follow = async (count: number) => {
    const jobIds = await Promise.all(Array.from({ length: count }, () => wire.begin()))
    const stream = await open(jobIds.map(item))
    await stream.untilAnswers(count)
    return { stream, jobIds }
  }

  it('Registrations in the stream 1: a stream may carry no items', async (context) => {
    wire.needs('stream-answers', context)
    const stream = await open([])
    expect(stream.connected.session_id).toEqual(expect.any(String))
    expect(stream.connected.capabilities).toContain('stream-answers')
  })

  it.for<[string, unknown, [status: number, code: string]]>([
    ['without items', {}, [422, 'UNPROCESSABLE_ENTITY']],
    ['whose items are no list', { items: 'all' }, [422, 'UNPROCESSABLE_ENTITY']],
    [
      'with more than 1,000 items',
      { items: Array.from({ length: 1_001 }, () => item(randomUUID())) },
      [400, 'INVALID_ARGUMENT'],
    ],
  ])(
    'Registrations in the stream 1: a body %s is refused in shape C',
    async ([_, body, refusal], context) => {
      wire.needs('stream-answers', context)
      const answer = await post(wire.server.url, path, body)
      expect([answer.status, answer.body]).toEqual([
        refusal[0],
        expect.objectContaining({ code: refusal[1], message: expect.any(String) }),
      ])
      expect(answer.body).not.toHaveProperty('success')
    },
  )

  it('Registrations in the stream 1: a stream takes 1,000 items', async (context) => {
    wire.needs('stream-answers', context)
    const stream = await open(Array.from({ length: 1_000 }, () => item(randomUUID())))
    await stream.untilAnswers(1_000)
    expect(stream.answers).toHaveLength(1_000)
  })

  it('Registrations in the stream 2: `connected` comes first, then one answer to each item', async (context) => {
    wire.needs('stream-answers', context)
    const { stream, jobIds } = await follow(3)
    const rest = stream.events.slice(1)
    expect([stream.events[0], new Set(rest)]).toEqual(['connected', new Set(['answers'])])
    const byId = new Map(stream.answers.map((answer) => [answer.id, answer]))
    expect([...byId.keys()].sort()).toEqual([...jobIds].sort())
    expect(stream.answers).toHaveLength(3)
    for (const id of jobIds) {
      expect(byId.get(id)).toMatchObject({ kind: 'job', success: true, data: { job_id: id } })
    }
  })

  it('Registrations in the stream 2: a refused item is answered, and affects no other', async (context) => {
    wire.needs('stream-answers', context)
    const [jobId, missing] = [await wire.begin(), randomUUID()]
    const odd = { kind: 'of a later client', id: 'odd' } as unknown as BatchItem
    const stream = await open([
      item(missing),
      { kind: 'query', id: 'q', function: 'no_such_query', args: null },
      odd,
      item(jobId),
    ])
    await stream.untilAnswers(4)
    expect(stream.answers).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'job', id: missing, success: false }),
        expect.objectContaining({ kind: 'query', id: 'q', success: false }),
        expect.objectContaining({ id: 'odd', success: false }),
        expect.objectContaining({ kind: 'job', id: jobId, success: true }),
      ]),
    )
    expect(stream.answers.find(({ id }) => id === 'odd')).not.toHaveProperty('kind')
  })

  it('Registrations in the stream 2: the answer comes before the first push, and no older push after it', async (context) => {
    wire.needs('stream-answers', context)
    const jobId = await wire.begin()
    const moving = (async () => {
      for (let percent = 1; percent <= 20; percent += 1) {
        await wire.server.progress(jobId, percent, `row ${percent}`)
      }
    })()
    const stream = await open([item(jobId)])
    await Promise.all([moving, stream.untilAnswers(1)])
    await wire.server.complete(jobId, null)
    await stream.until(({ status }) => status === 'completed')
    const { events, answers, pushed } = stream
    expect(events.indexOf('answers')).toBeLessThan(events.indexOf('update'))
    const [answer] = answers
    const revisions = [answer?.success ? answer.data : null, ...pushed].map(
      (snapshot) => (snapshot as { revision?: number } | null)?.revision ?? Number.NaN,
    )
    for (const [index, revision] of revisions.slice(1).entries()) {
      expect(revision).toBeGreaterThan(revisions[index] ?? Number.NaN)
    }
  })

  it('Registrations in the stream 4: what is followed later is registered in batches', async (context) => {
    wire.needs('stream-answers', context)
    const [stream, jobId] = [await open([]), await wire.begin()]
    const { status, body } = await send(stream, '/subscribe-batch', 1, jobId)
    expect([200, 202]).toContain(status)
    expect(body).toMatchObject({ success: true })
    await wire.server.progress(jobId, 40, 'half')
    await stream.until(({ progress }) => progress === 40)
  })

  it('Registrations 6: registrations end with the stream that carried them', async (context) => {
    wire.needs('stream-answers', context)
    const { stream, jobIds } = await follow(1)
    stream.close()
    const gone = async (): Promise<unknown> => {
      const { body } = await send(stream, '/subscribe-batch', 1, jobIds[0] ?? '')
      return body
    }
    await expect.poll(gone).toMatchObject({ error: { code: 'SESSION_NOT_FOUND' } })
  })

  it('Several servers 4: /unsubscribe-batch ends what the stream carried', async (context) => {
    wire.needs('stream-answers', context)
    const { stream, jobIds } = await follow(2)
    const [left = '', kept = ''] = jobIds
    expect(await send(stream, '/unsubscribe-batch', 1, left)).toMatchObject({
      body: { success: true, data: null },
    })
    await wire.server.progress(left, 40, 'unseen')
    await wire.server.progress(kept, 40, 'seen')
    await stream.until(({ job_id, progress }) => job_id === kept && progress === 40)
    expect(stream.pushed.map(({ message }) => message)).not.toContain('unseen')
  })

  it('Several servers 4: a request with a lower `seq` ends no registration of a higher one', async (context) => {
    wire.needs('stream-answers', context)
    const [stream, jobId, other] = [await open([]), await wire.begin(), await wire.begin()]
    await send(stream, '/subscribe-batch', 5, jobId)
    await send(stream, '/subscribe-batch', 6, other)
    await send(stream, '/unsubscribe-batch', 4, jobId)
    await wire.server.progress(jobId, 40, 'seen')
    await stream.until(({ job_id, progress }) => job_id === jobId && progress === 40)
    await send(stream, '/unsubscribe-batch', 7, jobId)
    await wire.server.progress(jobId, 70, 'unseen')
    await wire.server.progress(other, 70, 'seen')
    await stream.until(({ job_id, progress }) => job_id === other && progress === 70)
    expect(stream.pushed.map(({ message }) => message)).not.toContain('unseen')
  })
}
