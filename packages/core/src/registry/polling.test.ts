import { describe, expect, it } from 'vitest'
import { jobCell, queryCell } from '../../test/support/cells.ts'
import { createManualServer } from '../../test/support/manual-server.ts'
import type { ResolvedOptions } from '../options.ts'
import type { Cell } from './cell.ts'
import { createPolling } from './polling.ts'

/** Polls these cells; `events` are the events that it brought, such as `a updated`. */
function poll(cells: Cell[], options: Partial<ResolvedOptions> = {}) {
  const server = createManualServer(options)
  const followed = new Set(cells)
  const events: string[] = []
  const polling = createPolling(server.transport, followed, (cell, event) => {
    events.push(`${cell.item.id} ${event.type}`)
    cell.dispatch(event)
  })
  polling.start()
  /** Answers everything that is open. */
  const answerAll = async (): Promise<void> => {
    for (const request of server.open()) {
      await request.answer(toJob(request.text.replace('/jobs/', '')))
    }
  }
  return { server, followed, events, polling, answerAll }
}

const toJob = (id: string): object => ({ job_id: id, status: 'running', output: null, error: null })
const round = 5_000

describe('a round', () => {
  it('reads every target, at once and then every five seconds', async () => {
    const { server, events, answerAll } = poll([jobCell('a'), jobCell('b')])
    await server.advance(0)
    expect(server.log()).toEqual(['/jobs/a', '/jobs/b'])
    await answerAll()
    expect(events).toEqual(['a updated', 'b updated'])
    await server.advance(round - 1)
    expect(server.log()).toHaveLength(2)
    await server.advance(1)
    expect(server.log()).toHaveLength(4)
  })

  it('reads a few at a time', async () => {
    const cells = ['a', 'b', 'c'].map(jobCell)
    const { server } = poll(cells, { maxRegistrationsInFlight: 2 })
    await server.advance(0)
    expect(server.log()).toEqual(['/jobs/a', '/jobs/b'])
    await server.next().answer(toJob('a'))
    expect(server.log()).toEqual(['/jobs/a', '/jobs/b', '/jobs/c'])
  })

  it('reads the targets that are followed when it begins', async () => {
    const { server, followed, answerAll } = poll([])
    await server.advance(0)
    followed.add(jobCell('late'))
    await server.advance(round)
    await answerAll()
    expect(server.log()).toEqual(['/jobs/late'])
  })

  it('reads a query by calling its function', async () => {
    const query = queryCell('q', { team: 'red' })
    const { server } = poll([query])
    await server.advance(0)
    expect(server.next()).toMatchObject({ text: '/rpc/search', body: { args: { team: 'red' } } })
    await server.next().answer(['ann'])
    expect(query.view).toMatchObject({ data: ['ann'], loading: false })
  })

  it('leaves out runs if the server has no snapshots of them', async () => {
    const { server } = poll([jobCell('a'), queryCell('q')])
    server.transport.capabilities.learn([])
    await server.advance(0)
    expect(server.log()).toEqual(['/rpc/search'])
  })
})

describe('a request that hangs', () => {
  it('does not delay other targets, and is not sent twice', async () => {
    const { server } = poll(['a', 'b'].map(jobCell), { pollTimeoutMs: 60_000 })
    await server.advance(0)
    await server.open()[1]?.answer(toJob('b'))
    await server.advance(3 * round)
    expect(server.log().filter((text) => text === '/jobs/a')).toHaveLength(1)
    expect(server.log().filter((text) => text === '/jobs/b').length).toBeGreaterThan(1)
  })

  it('is given up after a while: the target is read with the next round', async () => {
    const { server, events } = poll([jobCell('a')])
    await server.advance(2 * round + 1)
    await server.advance(round)
    expect(server.log()).toEqual(['/jobs/a', '/jobs/a'])
    expect(events).toEqual([])
  })
})

describe('an answer', () => {
  it.each([
    ['of a missing run', 404, 'JOB_NOT_FOUND', ['a missed']],
    ['that refuses the target', 403, 'FORBIDDEN', ['a refused']],
    // Not the server's own words: the proxy that keeps the stream back may have given it.
    ['of the proxy', 403, 'HTTP_403', []],
    ['of a server without the path', 404, 'NOT_FOUND', []],
    ['of a server in trouble', 500, 'INTERNAL_ERROR', []],
    ['of a busy server', 429, 'RATE_LIMITED', []],
  ])('%s: %i %s', async (_, status, code, expected) => {
    const { server, events } = poll([jobCell('a')])
    await server.advance(0)
    await server.next().refuse(status, code)
    expect(events).toEqual(expected)
  })

  it('that cannot be read, or is lost, changes nothing', async () => {
    const { server, events } = poll([jobCell('a')])
    await server.advance(0)
    await server.next().answer('no job')
    await server.advance(round)
    await server.next().lose()
    expect(events).toEqual([])
    await server.advance(round)
    expect(server.log()).toHaveLength(3)
  })

  it('that refuses a target is the last one for it', async () => {
    const { server, answerAll } = poll(['a', 'b'].map(jobCell))
    await server.advance(0)
    await server.next().refuse(403, 'FORBIDDEN')
    await answerAll()
    await server.advance(round)
    expect(server.log()).toEqual(['/jobs/a', '/jobs/b', '/jobs/b'])
  })

  it('with Retry-After pauses the rounds, for an hour at most', async () => {
    const { server } = poll([jobCell('a')])
    await server.advance(0)
    await server.next().refuse(429, 'RATE_LIMITED', { 'retry-after': '12' })
    await server.advance(2 * round)
    expect(server.log()).toHaveLength(1)
    await server.advance(round)
    await server.next().refuse(503, 'SERVICE_UNAVAILABLE', { 'retry-after': '999999' })
    await server.advance(3_600_000)
    expect(server.log()).toHaveLength(3)
  })

  it('with Retry-After counts, though another answer without it comes later', async () => {
    const { server } = poll(['a', 'b'].map(jobCell))
    await server.advance(0)
    await server.next().refuse(429, 'RATE_LIMITED', { 'retry-after': '60' })
    await server.next().refuse(500, 'INTERNAL_ERROR')
    await server.advance(6 * round)
    expect(server.log()).toEqual(['/jobs/a', '/jobs/b'])
  })
})

describe('an answer that is older than what the stream has brought', () => {
  const live = (cell: Cell, data: number, revision?: number): void => {
    const snapshot = { data, ...(revision !== undefined && { revision }) }
    cell.dispatch({ type: 'asked', isFirst: true })
    cell.dispatch({ type: 'answered', snapshot, at: 0, doubt: null })
  }

  it('changes nothing: the target is live', async () => {
    const cell = queryCell('q')
    const { server } = poll([cell])
    await server.advance(0)
    live(cell, 32)
    await server.next().answer(31)
    expect(cell.view).toMatchObject({ data: 32 })
  })

  it('changes nothing: its revision is lower', async () => {
    const cell = queryCell('q')
    const { server } = poll([cell])
    await server.advance(0)
    live(cell, 32, 7)
    const sync = { status: 'stale', since: 0, reason: 'session_lost' } as const
    cell.dispatch({ type: 'syncChanged', sync })
    await server.next().answer(31, 6)
    expect(cell.view).toMatchObject({ data: 32 })
  })
})

describe('stop()', () => {
  it('aborts what is being read, and starts no round', async () => {
    const { server, polling, events } = poll([jobCell('a')])
    polling.start()
    await server.advance(0)
    const request = server.next()
    polling.stop()
    expect(request.isAborted).toBe(true)
    await server.settled()
    expect(server.timers()).toBe(0)
    await request.answer(toJob('a'))
    await server.advance(60_000)
    expect(events).toEqual([])
    expect(server.log()).toHaveLength(1)
  })

  it('can be followed by start(), which does nothing while it runs', async () => {
    const { server, polling, answerAll } = poll([jobCell('a')])
    polling.start()
    await server.advance(0)
    expect(server.log()).toHaveLength(1)
    await answerAll()
    polling.stop()
    polling.start()
    await server.advance(0)
    expect(server.log()).toHaveLength(2)
  })
})
