import { describe, expect, it } from 'vitest'
import { complete, createSession, jobCell, queryCell } from '../../test/support/cells.ts'
import { createManualServer } from '../../test/support/manual-server.ts'
import { type Capability, capabilities } from '../protocol/server-event.ts'
import type { Cell } from './cell.ts'
import { createUnregistrations } from './unregistrations.ts'

/** Unregistrations of one session; `followed` are the targets that the page follows again. */
function create(offered: readonly Capability[] = capabilities) {
  const server = createManualServer({ maxBatch: 2 })
  const session = createSession(offered)
  const controller = new AbortController()
  const followed = new Set<string>()
  const sent: string[] = []
  const { signal } = controller
  const unregistrations = createUnregistrations(server.transport, session, signal, (target) => {
    sent.push(target)
    return followed.has(target)
  })
  const register = (cell: Cell): Cell => {
    cell.startRegistration(session)
    return cell
  }
  return {
    server,
    session,
    followed,
    sent,
    ...unregistrations,
    leave: (cell: Cell, isLate = false): void => unregistrations.add(cell, { isLate }),
    /** The cell of a registered job. */
    job: (id: string): Cell => register(jobCell(id)),
    query: (id: string): Cell => register(queryCell(id)),
    close: () => controller.abort(),
  }
}

describe('the request', () => {
  it('names all cells of one turn; the next one follows its answer', async () => {
    const { server, job, leave, sent } = create()
    for (const id of ['a', 'b', 'c']) leave(job(id))
    await server.settled()
    expect(server.log()).toEqual(['/unsubscribe-batch job:a job:b'])
    await server.next().accept()
    expect(server.log()).toEqual(['/unsubscribe-batch job:a job:b', '/unsubscribe-batch job:c'])
    await server.next().accept()
    expect(sent).toEqual(['job:a', 'job:b', 'job:c'])
  })

  it('names one cell where the server takes no batches', async () => {
    const { server, job, query, leave } = create(['unsubscribe'])
    for (const cell of [job('a'), query('q')]) leave(cell)
    await server.settled()
    expect(server.next().body).toMatchObject({ session_id: 'session', kind: 'job', id: 'a' })
    await server.next().accept()
    expect(server.next().body).toMatchObject({ kind: 'query', id: 'q' })
  })

  it('is for queries only at a Forge', async () => {
    const { server, job, query, leave } = create([])
    for (const cell of [job('a'), query('q')]) leave(cell)
    await server.settled()
    await server.next().accept()
    expect(server.log()).toEqual(['/unsubscribe sub:q'])
  })

  it('that the server refuses is over: the registration ends with the session', async () => {
    const { server, job, leave, sent } = create()
    leave(job('a'))
    await server.settled()
    await server.next().refuse(404, 'SUBSCRIPTION_NOT_FOUND')
    await server.advance(600_000)
    expect(sent).toEqual(['job:a'])
    expect(server.log()).toHaveLength(1)
  })
})

describe('a cell', () => {
  it('without a registration needs no request', async () => {
    const { server, job, leave } = create()
    leave(jobCell('never'))
    const a = job('a')
    a.startRegistration({})
    leave(a)
    await server.settled()
    expect(server.log()).toEqual([])
  })

  it.each([
    ['needs no request', false, []],
    ['needs one if it was released before the answer', true, ['/unsubscribe-batch job:a']],
  ])('of a run that has ended %s', async (_, isLate, expected) => {
    const { server, job, leave } = create()
    const a = job('a')
    complete(a)
    leave(a, isLate)
    await server.settled()
    expect(server.log()).toEqual(expected)
  })

  it('that is followed again in the same turn keeps its registration', async () => {
    const { server, session, job, leave, cancel } = create()
    const a = job('a')
    leave(a)
    cancel(a)
    await server.settled()
    expect(server.log()).toEqual([])
    expect(a.endRegistration(session)).toBe(true)
  })

  it('that is followed again too late is not registered any more', async () => {
    const { server, session, job, leave, cancel } = create()
    const a = job('a')
    leave(a)
    await server.settled()
    cancel(a)
    expect(a.endRegistration(session)).toBe(false)
    await server.next().accept()
  })
})

describe('a request without an answer', () => {
  it('is sent again, later each time', async () => {
    const { server, job, leave } = create()
    leave(job('a'))
    await server.advance(0)
    // Half of 1,000 ms, then half of 2,000 ms.
    for (const waitMs of [500, 1_000]) {
      await server.next().lose()
      await server.advance(waitMs - 1)
      expect(server.open()).toEqual([])
      await server.advance(1)
    }
    await server.next().accept()
    await server.advance(600_000)
    expect(server.log()).toHaveLength(3)
  })

  it('is sent twenty times', async () => {
    const { server, job, leave } = create()
    leave(job('a'))
    await server.advance(0)
    for (let attempt = 1; attempt <= 30; attempt += 1) {
      for (const request of server.open()) await request.lose()
      await server.advance(20_000)
    }
    expect(server.log()).toHaveLength(20)
  })

  it('is not sent again for a target that is followed again', async () => {
    const { server, followed, job, leave } = create()
    for (const id of ['a', 'b']) leave(job(id))
    await server.settled()
    followed.add('job:a')
    await server.next().lose()
    await server.advance(500)
    expect(server.log()).toEqual(['/unsubscribe-batch job:a job:b', '/unsubscribe-batch job:b'])
  })

  it('of a session that is over says nothing, and is the last one', async () => {
    const { server, job, leave, close, sent } = create()
    for (const id of ['a', 'b', 'c']) leave(job(id))
    await server.settled()
    close()
    await server.advance(600_000)
    expect(sent).toEqual([])
    expect(server.log()).toHaveLength(1)
  })
})
