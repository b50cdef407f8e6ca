import type { ConnectionNews, ConnectionState } from '../../src/connection/connection-model.ts'
import { idleConnection } from '../../src/connection/connection-state.ts'
import type { Session } from '../../src/connection/session.ts'
import { jobKind } from '../../src/kinds/job-kind.ts'
import type { Target } from '../../src/kinds/kind.ts'
import type { ResolvedOptions } from '../../src/options.ts'
import { encodeEvent } from '../../src/protocol/encode.ts'
import type { Capability } from '../../src/protocol/server-event.ts'
import type { JobSnapshot } from '../../src/protocol/snapshots.ts'
import { toTarget } from '../../src/protocol/target.ts'
import type { Cell } from '../../src/registry/cell.ts'
import { createRegistry, type Registry } from '../../src/registry/registry.ts'
import { createStore } from '../../src/store/store.ts'
import { createSession, jobSnapshot } from './cells.ts'
import { createManualServer, type ManualServer } from './manual-server.ts'

/** A registry over a connection and a server that the test plays. */
export interface Following {
  readonly server: ManualServer
  readonly registry: Registry
  /** Holds a job, and returns its cell. */
  hold(id: string): Cell
  /** What the registry told the connection. */
  readonly news: readonly ConnectionNews['type'][]
  /** The connection waits: a proxy keeps the bytes of each stream back. */
  loseToProxy(): void
  /** A new session, of a server that offers every extension unless given. */
  openSession(offered?: readonly Capability[]): Promise<void>
  /** The network is lost, at the time of the clock. */
  loseSession(): void
  /** The client closes its connection. */
  closeConnection(): void
  /** Pushes a state of a job. */
  push(fields: Partial<JobSnapshot> & { job_id: string }): void
  /** Pushes the result of a query. */
  pushResult({ item }: Target, payload: unknown, revision?: number): void
}

const trying = { attempt: 1, lostAt: null, short: 0, lost: 0, waitedMs: 0, serverWaitMs: 0 }

const open = {
  status: 'open',
  attempt: 1,
  tried: 1,
  openedAt: 0,
  short: 0,
  lost: 0,
  waitedMs: 0,
} as const

/** A connection that was lost at this time. */
function waitingSince(lostAt: number): ConnectionState {
  return { status: 'waiting', ...trying, lostAt, retryAt: lostAt + 100, reason: 'network' }
}

const proxied: ConnectionState = {
  status: 'waiting',
  ...trying,
  short: 3,
  lost: 0,
  retryAt: 100,
  reason: 'proxy',
}

/** Creates the registry. Each update is published at once, unless an option says otherwise. */
export function createFollowing(overrides: Partial<ResolvedOptions> = {}): Following {
  const server = createManualServer({ everyUpdate: true, ...overrides })
  const registry = createRegistry(server.transport)
  const state = createStore<ConnectionState>(idleConnection)
  const session = createStore<Session | null>(null)
  const news: ConnectionNews['type'][] = []
  registry.connect({
    state,
    session,
    dispatch({ type }) {
      news.push(type)
      if (type === 'synced') state.set({ ...open, attempt: 0 })
    },
    useToken: () => undefined,
  })
  const update = (target: string, payload: unknown, revision?: number): void => {
    const event = { type: 'update', target, payload, ...(revision && { revision }) } as const
    const text = encodeEvent(event)
    registry.onUpdate(text.slice(text.indexOf('{')).trimEnd())
  }
  return {
    server,
    registry,
    news,
    hold: (id) => registry.hold(jobKind.toTarget(id), () => jobKind.toFold(id, true)),
    loseToProxy: () => state.set(proxied),
    openSession(offered) {
      state.set({ ...open })
      session.set(createSession(offered))
      return server.settled()
    },
    loseSession() {
      session.set(null)
      state.set(waitingSince(server.scheduler.now()))
    },
    closeConnection() {
      session.set(null)
      state.set({ status: 'closed', ...trying, reason: 'close', reasons: [], isWanted: true })
    },
    push: (fields) => update(toTarget('job', fields.job_id), jobSnapshot(fields)),
    pushResult: ({ item }, payload, revision) =>
      update(toTarget('query', item.id), payload, revision),
  }
}

/** A page that follows the job `a`. */
export interface FollowingJob extends Following {
  readonly a: Cell
}

/** Follows the job on a session. Its registration waits for the answer. */
export async function followJob(
  options: Partial<ResolvedOptions> = {},
  offered?: readonly Capability[],
): Promise<FollowingJob> {
  const page = createFollowing(options)
  const a = page.hold('a')
  await page.openSession(offered)
  return { ...page, a }
}

/** The same, after the answer. */
export async function followLiveJob(
  options: Partial<ResolvedOptions> = {},
  offered?: readonly Capability[],
): Promise<FollowingJob> {
  const page = await followJob(options, offered)
  await page.server.next().accept()
  return page
}
