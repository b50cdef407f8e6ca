import { describe, expect, it } from 'vitest'
import { createSession } from '../../test/support/cells.ts'
import type { Connection } from '../connection/connection.ts'
import type { ConnectionState } from '../connection/connection-model.ts'
import { idleConnection } from '../connection/connection-state.ts'
import type { Session } from '../connection/session.ts'
import { createStore } from '../store/store.ts'
import { createFakeTime } from '../testing/fake-time.ts'
import { createLinger } from './linger.ts'

const closed: ConnectionState = {
  status: 'closed',
  reason: 'close',
  reasons: [],
  isWanted: true,
  attempt: 1,
  lostAt: null,
  short: 0,
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
  const linger = createLinger({ lingerMs: 30_000, scheduler })
  return { linger, connection, news, advance }
}

describe('a page that follows nothing', () => {
  it.each([
    ['if it is our gateway’s', createSession()],
    ['if there is no session', null],
  ])('closes its stream after a while, %s', async (_, session) => {
    const { linger, connection, news, advance } = create(session)
    linger.begin(connection)
    await advance(60_000)
    expect(news).toEqual(['30000 lingered'])
  })

  it('keeps its stream to a Forge until the server ends it', async () => {
    const { linger, connection, news, advance } = create(createSession([]))
    linger.begin(connection)
    await advance(60_000)
    expect(news).toEqual([])
    linger.onSessionEnd(connection)
    expect(news).toEqual(['60000 lingered'])
  })

  it('opens its stream again if it ends before that', async () => {
    const { linger, connection, news, advance } = create(createSession())
    linger.begin(connection)
    await advance(10_000)
    linger.onSessionEnd(connection)
    expect(news).toEqual([])
  })

  it('does not wait if the connection is closed', () => {
    const { linger, connection, news } = create(null, closed)
    linger.begin(connection)
    expect(news).toEqual(['0 lingered'])
  })
})

describe('a page that follows something again', () => {
  it.each([10_000, 60_000])('asks for its stream, after %i ms', async (ms) => {
    const { linger, connection, news, advance } = create(createSession([]))
    linger.begin(connection)
    await advance(ms)
    linger.cancel(connection)
    await advance(60_000)
    linger.onSessionEnd(connection)
    expect(news).toEqual([`${ms} wanted`])
  })
})

it('close() ends the wait', async () => {
  const { linger, connection, news, advance } = create(createSession())
  linger.begin(connection)
  linger.close()
  await advance(60_000)
  expect(news).toEqual([])
})
