import { describe, expect, it } from 'vitest'
import { createSession } from '../../test/support/cells.ts'
import type { Connection } from '../connection/connection.ts'
import type { ConnectionState } from '../connection/connection-model.ts'
import { idleConnection } from '../connection/connection-state.ts'
import type { Session } from '../connection/session.ts'
import { createStore } from '../store/store.ts'
import { createFakeTime } from '../testing/fake-time.ts'
import { createStreamDemand } from './stream-demand.ts'

const closed: ConnectionState = {
  status: 'closed',
  reason: 'close',
  reasons: [],
  isWanted: true,
  attempt: 1,
  lostAt: null,
  short: 0,
  lost: 0,
  waitedMs: 0,
  serverWaitMs: 0,
}

/** A connection that notes when it hears what, and a linger of 30 s. */
function create(session: Session | null, state = idleConnection) {
  const { scheduler, advance } = createFakeTime()
  const news: string[] = []
  const connection: Connection = {
    state: createStore(state),
    session: createStore(session),
    dispatch: ({ type }) => void news.push(`${scheduler.now()} ${type}`),
    useToken: () => undefined,
  }
  const demand = createStreamDemand({ lingerMs: 30_000, scheduler })
  return { demand, connection, news, advance }
}

describe('a page that follows nothing', () => {
  it.each([
    ['if it is our gateway’s', createSession()],
    ['if there is no session', null],
  ])('closes its stream after a while, %s', async (_, session) => {
    const { demand, connection, news, advance } = create(session)
    demand.end(connection)
    await advance(60_000)
    expect(news).toEqual(['30000 lingered'])
  })

  it('keeps its stream to a Forge until the server ends it', async () => {
    const { demand, connection, news, advance } = create(createSession([]))
    demand.end(connection)
    await advance(60_000)
    expect(news).toEqual([])
    demand.onSessionEnd(connection)
    expect(news).toEqual(['60000 lingered'])
  })

  it('opens its stream again if it ends before that', async () => {
    const { demand, connection, news, advance } = create(createSession())
    demand.end(connection)
    await advance(10_000)
    demand.onSessionEnd(connection)
    expect(news).toEqual([])
  })

  it('does not wait if the connection is closed', () => {
    const { demand, connection, news } = create(null, closed)
    demand.end(connection)
    expect(news).toEqual(['0 lingered'])
  })
})

describe('a page that follows something again', () => {
  it.each([10_000, 60_000])('asks for its stream, after %i ms', async (ms) => {
    const { demand, connection, news, advance } = create(createSession([]))
    demand.end(connection)
    await advance(ms)
    demand.begin(connection)
    await advance(60_000)
    demand.onSessionEnd(connection)
    expect(news).toEqual([`${ms} wanted`])
  })
})

it('close() ends the wait', async () => {
  const { demand, connection, news, advance } = create(createSession())
  demand.end(connection)
  demand.close()
  await advance(60_000)
  expect(news).toEqual([])
})
