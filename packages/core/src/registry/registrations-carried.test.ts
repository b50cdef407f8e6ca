import { describe, expect, it } from 'vitest'
import { jobCell, jobSnapshot } from '../../test/support/cells.ts'
import { createRegistering } from '../../test/support/registering.ts'
import type { BatchAnswer } from '../protocol/envelopes.ts'

/** A page whose stream was opened with these jobs, and which follows them. */
function createCarrying(...ids: string[]) {
  const cells = ids.map(jobCell)
  const page = createRegistering({}, undefined, cells)
  page.registrations.start(cells)
  const stream = (...answers: BatchAnswer[]): void => page.registrations.onStreamAnswers(answers)
  return { ...page, cells, stream }
}

const answered = (id: string): BatchAnswer => {
  return { kind: 'job', id, success: true, data: jobSnapshot({ job_id: id }) }
}

const noRoom = (id: string): BatchAnswer => {
  const error = { code: 'SERVICE_UNAVAILABLE', message: 'full', retry_after_secs: 0 }
  return { kind: 'job', id, success: false, error }
}

describe('cells that the stream carried', () => {
  it('need no request, and are complete with their answers', async () => {
    const { server, registrations, answers, stream } = createCarrying('a', 'b')
    expect(registrations.isComplete()).toBe(false)
    stream(answered('b'), answered('a'))
    await server.advance(60_000)
    expect(answers).toEqual(['b answered', 'a answered'])
    expect(registrations.isComplete()).toBe(true)
    expect(server.log()).toEqual([])
  })

  it('go out with what is followed since, if they are registered again', async () => {
    const { server, registrations, follow, cells, stream } = createCarrying('a', 'b')
    follow('c')
    // A gap came before the answer: that answer may be too old.
    for (const cell of cells.slice(0, 1)) registrations.registerAgain(cell)
    await server.settled()
    expect(server.log()).toEqual(['/subscribe-batch job:c'])
    stream(answered('a'), answered('b'))
    await server.settled()
    expect(server.log().at(-1)).toBe('/subscribe-batch job:a')
  })

  it('go out in a batch at once, where the answers had no room for them', async () => {
    const { server, answers, stream } = createCarrying('a', 'b', 'c')
    stream(answered('a'), noRoom('b'), noRoom('c'))
    await server.settled()
    expect(server.log()).toEqual(['/subscribe-batch job:b job:c'])
    await server.next().accept()
    expect(answers).toEqual(['a answered', 'b answered', 'c answered'])
  })

  it('go out in a batch after 30 s and a pause, if no answer comes', async () => {
    const { server, answers, stream } = createCarrying('a', 'b')
    stream(answered('a'))
    await server.advance(30_000)
    expect(answers).toEqual(['a answered', 'b failed'])
    await server.advance(500)
    expect(server.log()).toEqual(['/subscribe-batch job:b'])
  })

  it('are unregistered after their answer, if they were released before it', async () => {
    const { server, cells, unfollow, stream } = createCarrying('a', 'b')
    for (const cell of cells) unfollow(cell)
    await server.settled()
    expect(server.log()).toEqual([])
    stream(answered('a'), answered('b'))
    await server.settled()
    expect(server.log()).toEqual(['/unsubscribe-batch job:a job:b'])
  })

  it('are unregistered, if they were released before the session began', async () => {
    const carried = [jobCell('a'), jobCell('b')]
    const { server, registrations, unfollow, answers } = createRegistering({}, undefined, carried)
    for (const cell of carried.slice(1)) unfollow(cell)
    registrations.start(carried.slice(0, 1))
    registrations.onStreamAnswers([answered('a'), answered('b')])
    await server.settled()
    expect(answers).toEqual(['a answered'])
    expect(server.log()).toEqual(['/unsubscribe-batch job:b'])
  })

  it('stay registered, if they were released and are followed again', async () => {
    const { server, cells, unfollow, follow, stream, answers } = createCarrying('a')
    for (const cell of cells) {
      unfollow(cell)
      follow('a', cell)
    }
    stream(answered('a'))
    await server.settled()
    expect(answers).toEqual(['a answered'])
    expect(server.log()).toEqual([])
  })
})

describe('[protocol] Registrations in the stream 4: a batch that is answered 202', () => {
  it('has its answers in the stream, after the 202', async () => {
    const { server, follow, answers, stream } = createCarrying()
    for (const id of ['a', 'b']) follow(id)
    await server.settled()
    await server.next().answer(null)
    expect(answers).toEqual([])
    stream(answered('b'))
    stream(answered('a'))
    expect(answers).toEqual(['b answered', 'a answered'])
    await server.advance(60_000)
    expect(server.log()).toEqual(['/subscribe-batch job:a job:b'])
  })

  it('or before it', async () => {
    const { server, follow, answers, stream, registrations } = createCarrying()
    follow('a')
    await server.settled()
    stream(answered('a'))
    expect(registrations.isComplete()).toBe(true)
    await server.next().answer(null)
    await server.advance(60_000)
    expect(answers).toEqual(['a answered'])
    expect(server.log()).toEqual(['/subscribe-batch job:a'])
  })

  it('does not hold up the next one', async () => {
    const { server, follow } = createCarrying()
    follow('a')
    await server.settled()
    await server.next().answer(null)
    for (const id of ['b', 'c']) follow(id)
    await server.settled()
    expect(server.log().at(-1)).toBe('/subscribe-batch job:b job:c')
  })

  it('is sent again, if it is lost between the servers', async () => {
    const { server, follow, answers, registrations } = createCarrying()
    follow('a')
    await server.settled()
    await server.next().answer(null)
    await server.advance(30_500)
    expect(answers).toEqual(['a failed'])
    await server.next().accept()
    expect(registrations.isComplete()).toBe(true)
  })

  it('each answer counts, when an answer that was given up comes late', async () => {
    const { server, follow, answers, stream } = createCarrying()
    follow('a')
    await server.settled()
    await server.next().answer(null)
    await server.advance(30_500)
    await server.next().answer(null)
    stream(answered('a'))
    // Its state may be newer: the server pushes only what is newer still.
    stream(answered('a'))
    expect(answers).toEqual(['a failed', 'a answered', 'a answered'])
  })

  it('each answer counts, when the one in the stream comes before the one of the request', async () => {
    const { server, answers, stream } = createCarrying('a')
    await server.advance(30_500)
    stream(answered('a'))
    await server.next().accept()
    expect(answers).toEqual(['a failed', 'a answered', 'a answered'])
  })

  it('a refusal counts, too: the server has no registration any more', async () => {
    const { server, answers, stream } = createCarrying('a')
    await server.advance(30_500)
    stream(answered('a'))
    await server.next().accept({ a: { code: 'SERVICE_UNAVAILABLE' } })
    await server.settled()
    expect(server.log()).toEqual(['/subscribe-batch job:a', '/subscribe-batch job:a'])
    await server.next().accept()
    expect(answers).toEqual(['a failed', 'a answered', 'a answered'])
  })

  it('or a single registration', async () => {
    const cell = jobCell('a')
    const { server, registrations, answers } = createRegistering(
      {},
      ['revisions', 'stream-answers'],
      [],
    )
    registrations.register(cell)
    await server.settled()
    expect(server.log()).toEqual(['/subscribe-job job:a'])
    await server.next().answer(null)
    expect(answers).toEqual([])
    registrations.onStreamAnswers([answered('a')])
    expect(answers).toEqual(['a answered'])
  })
})

describe('[protocol] Several servers 4: seq', () => {
  it('grows with each request of a session that POST opened', async () => {
    const { server, cells, unfollow, follow, stream } = createCarrying('a')
    stream(answered('a'))
    follow('b')
    await server.settled()
    expect(server.next().body.seq).toBe(1)
    await server.next().answer(null)
    for (const cell of cells) unfollow(cell)
    await server.settled()
    expect(server.next().body.seq).toBe(2)
    await server.next().lose()
    await server.advance(5_000)
    expect(server.next().body.seq).toBe(3)
  })

  it('is not sent on a session that GET opened', async () => {
    const { server, follow } = createRegistering()
    follow('a')
    await server.settled()
    expect(server.next().body).not.toHaveProperty('seq')
  })
})
