import type { BatchAnswer } from '../protocol/envelopes.ts'
import { isRecord } from '../protocol/json.ts'
import type { Capability } from '../protocol/server-event.ts'
import { type TargetKind, toTarget } from '../protocol/target.ts'
import { type FakeHandler, isRefusal, type Refusal, refusals } from './fake-answers.ts'
import { type createFakeRuns, hasEnded, inWordsOf } from './fake-runs.ts'
import type { createFakeStreams } from './fake-streams.ts'

/** The parts of a fake gateway that its registrations use. */
interface Registering {
  offered: readonly Capability[]
  streams: ReturnType<typeof createFakeStreams>
  runs: ReturnType<typeof createFakeRuns>
  queries: Record<string, (args: unknown) => unknown>
  /** The revision of query results; `undefined` without revisions. */
  queryRevision: () => number | undefined
}

/** The answer to a registration. */
type Registered = { data: unknown; revision?: number }

/** The registrations of a fake gateway. */
export interface FakeRegistrations {
  /** The subscribe family. */
  handlers: Record<string, FakeHandler>
  /**
   * The items in the body of a request for a stream, or a refusal.
   * @see PROTOCOL.md, "Registrations in the stream"
   */
  readCarried(body: Record<string, unknown>): Record<string, unknown>[] | Refusal
  /** Registers items on a session. Refusals are answers, too. */
  registerAll(
    session: Record<string, unknown>,
    items: readonly Record<string, unknown>[],
  ): BatchAnswer[]
}

/** The most items of a batch, and of a request for a stream. */
const maxBatch = 100
const maxCarried = 1_000

/** The subscribe family of a fake gateway. @see PROTOCOL.md, "Registrations" */
export function createFakeRegistrations(registering: Registering): FakeRegistrations {
  const { offered, streams, runs, queries, queryRevision } = registering

  const registerQuery = (
    session: Record<string, unknown>,
    item: Record<string, unknown>,
  ): Registered | Refusal => {
    const query = queries[String(item.function)]
    if (!query) return refusals.noQuery
    const data = query(item.args)
    if (isRefusal(data)) return data
    streams.add(session, toTarget('query', String(item.id)), item)
    const revision = queryRevision()
    return { data, ...(revision !== undefined && { revision }) }
  }
  const register = (
    session: Record<string, unknown>,
    item: Record<string, unknown>,
  ): Registered | Refusal => {
    const { kind } = item
    if (!isKind(kind)) return refusals.noKind
    if (kind === 'query') return registerQuery(session, item)
    const snapshot = runs.find(kind, String(item[`${kind}_id`]))
    if (!snapshot) return kind === 'job' ? refusals.noJob : refusals.noWorkflow
    streams.add(session, toTarget(kind, String(item.id)), item, hasEnded(snapshot))
    return { data: inWordsOf(streams.isOurs(session), snapshot) }
  }
  const registerAll: FakeRegistrations['registerAll'] = (session, items) =>
    items.map((item): BatchAnswer => {
      const name = { ...(isKind(item.kind) && { kind: item.kind }), id: String(item.id) }
      const answer = register(session, { ...item, seq: session.seq ?? 0 })
      if (!isRefusal(answer)) return { ...name, success: true, ...answer }
      return { ...name, success: false, error: answer.refused }
    })
  const registerBatch = (session: Record<string, unknown>): BatchAnswer[] | Refusal => {
    const items = readItems(session)
    if (isRefusal(items)) return items
    return streams.check(session) ?? registerAll(session, items)
  }
  const unregister = (session: Record<string, unknown>, item: Record<string, unknown>): boolean => {
    const { kind = 'query', id } = item
    if (!isKind(kind) || (kind !== 'query' && !offered.includes('unsubscribe'))) return false
    return streams.remove(session, toTarget(kind, String(id)), session.seq)
  }
  const unregisterBatch = (session: Record<string, unknown>): null | Refusal => {
    const items = readItems(session)
    if (isRefusal(items)) return items
    const refusal = streams.checkUnsubscribe(session)
    if (refusal) return refusal
    for (const item of items) unregister(session, item)
    return null
  }

  const handlers: Record<string, FakeHandler> = {
    'POST /subscribe-(job|workflow)': ([kind = ''], { body }) =>
      streams.check(body) ?? register(body, { ...body, kind }),
    'POST /subscribe': (_, { body }) =>
      streams.check(body) ?? register(body, { ...body, kind: 'query' }),
    'POST /subscribe-batch': (_, { body }) =>
      offered.includes('subscribe-batch') ? registerBatch(body) : refusals.noRoute,
    'POST /unsubscribe': (_, { body }) =>
      streams.checkUnsubscribe(body) ?? (unregister(body, body) ? null : refusals.noSubscription),
    'POST /unsubscribe-batch': (_, { body }) =>
      offered.includes('unsubscribe-batch') ? unregisterBatch(body) : refusals.noRoute,
  }
  return { handlers, readCarried: (body) => readItems(body, maxCarried), registerAll }
}

function readItems(
  { items }: Record<string, unknown>,
  most = maxBatch,
): Record<string, unknown>[] | Refusal {
  if (!Array.isArray(items) || !items.every(isRecord)) return refusals.noItems
  return items.length > most ? refusals.tooManyItems : items
}

function isKind(kind: unknown): kind is TargetKind {
  return kind === 'job' || kind === 'workflow' || kind === 'query'
}
