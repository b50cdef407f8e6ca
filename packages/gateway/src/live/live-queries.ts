import { type Principal, rightsKey } from '../access/principal.ts'
import { ownQuery, type QueryCall, type RunQuery } from '../queries/run-query.ts'
import { sessionNotFound } from '../refusals/sessions.ts'
import { toCanonical } from './canonical.ts'
import { createDebounce, type DebounceTimes } from './debounce.ts'
import { createKeptResults } from './kept-results.ts'
import { createQueryFrames, type QueryState } from './query-frames.ts'
import {
  createQueryGroup,
  type GroupQuery,
  type QueryGroup,
  type QueryRegistration,
} from './query-group.ts'
import { createRefreshQueryGroup, type QueryLogging } from './refresh-query-group.ts'
import { createSnapshotGate, unsent } from './snapshot-gate.ts'
import { createTableReaders } from './table-readers.ts'

/** The part of a registration that its session decides. */
export type WantedQuery = Pick<QueryRegistration, 'target' | 'outbox' | 'seq'>

/** Keeps the results of queries live. */
export interface LiveQueries {
  /** Registers: from now on every change reaches the registration's gate. */
  watch(call: GroupQuery, wanted: WantedQuery): QueryRegistration
  unwatch(registration: QueryRegistration): void
  /**
   * The principal of the registration has other rights: the query runs with those, and its result
   * is pushed. Does nothing for a registration that has ended.
   */
  askAs(registration: QueryRegistration, principal: Principal): void
  /** The result now. Rejects with an `HttpError` when the query fails. */
  result(registration: QueryRegistration): Promise<QueryState>
  /**
   * The answer with this result has been sent. Newer results are pushed from now on, unless the
   * registration has ended. `null`: it could not be sent, so the result is pushed.
   */
  answered(registration: QueryRegistration, state: QueryState | null): void
  /** A table has changed. */
  changed(table: string): void
  /** Anything may have changed: resolves when every query was run again. */
  allChanged(): Promise<void>
  /** Names may stand for other tables than before: find out anew which tables queries read. */
  tablesMoved(): void
  /** At least one query is watched. */
  isWatching(): boolean
  close(): void
}

/** The delay between a change and the run of a query. */
const times: DebounceTimes = { quietMs: 50, mostMs: 200 }

/** The number of characters of results that are kept. */
const defaultMaxKeptChars = 64 * 1_048_576

/**
 * Live queries. A query runs again when a table that it reads has changed, once for all
 * registrations with the same arguments and rights. A result is pushed only when it differs.
 *
 * @param most the number of queries that may run at the same time
 * @param maxKeptChars the number of characters of results that are kept; others are read again when
 * needed
 */
export function createLiveQueries(
  runQuery: RunQuery,
  options: QueryLogging,
  most: number,
  maxKeptChars: number = defaultMaxKeptChars,
): LiveQueries {
  const groups = new Map<string, QueryGroup>()
  const readers = createTableReaders<QueryGroup>()
  const results = createKeptResults(maxKeptChars)
  let isClosed = false
  const isWatched = (group: QueryGroup): boolean => !isClosed && groups.get(group.key) === group
  const refreshSoon = createRefreshQueryGroup({
    runQuery,
    readers,
    results,
    isWatched,
    options,
    most,
  })

  const createGroup = (key: string, call: GroupQuery): QueryGroup => {
    const group: QueryGroup = createQueryGroup(
      key,
      call,
      createDebounce(() => refreshSoon(group), times),
    )
    groups.set(key, group)
    const topics = ownQuery(call.definition)?.topics(call.principal, call.input)
    readers.add(group, topics ? null : call.name)
    if (topics) readers.note(group, topics)
    return group
  }
  const groupOf = (call: GroupQuery): QueryGroup => {
    const key = keyOf(call)
    return groups.get(key) ?? createGroup(key, call)
  }
  const unwatch = (registration: QueryRegistration): void => {
    const { group, target, outbox } = registration
    if (!group.registrations.delete(registration)) return
    outbox.forget(target)
    if (group.registrations.size > 0) return
    group.debounce.stop()
    groups.delete(group.key)
    readers.remove(group)
    if (group.result) results.drop(group.result)
    // Callers that wait for its result have left, too.
    for (const { reject } of group.waiting.splice(0)) reject(sessionNotFound())
    for (const done of group.onRerun.splice(0)) done()
  }

  return {
    watch(call, { target, outbox, seq }) {
      const group = groupOf(call)
      const gate = createSnapshotGate()
      const registration: QueryRegistration = { kind: 'query', target, outbox, group, gate, seq }
      group.registrations.add(registration)
      return registration
    },
    unwatch,
    askAs(registration, principal) {
      const { call, result, seenBefore, registrations } = registration.group
      if (!registrations.has(registration)) return
      unwatch(registration)
      const group = groupOf({ ...call, principal })
      registration.group = group
      group.registrations.add(registration)
      group.seenBefore = Math.max(
        group.seenBefore ?? 0,
        result?.revision ?? 0,
        // The revision in a group that it left before that one had a result.
        seenBefore ?? 0,
      )
      refreshSoon(group)
    },
    result({ group }) {
      const { error, isRunning, isDirty, debounce } = group
      const state = group.result?.state()
      const isNoted = debounce.isAsked()
      if (state && !error && !isRunning && !isDirty && !isNoted) return Promise.resolve(state)
      return new Promise((resolve, reject) => {
        group.waiting.push({ resolve, reject })
        // A change that is noted already is waited for: a client that comes from another gateway
        // may have seen it there.
        if (!isRunning && !isNoted) refreshSoon(group)
      })
    },
    answered(registration, answer) {
      const { group, gate, outbox, target } = registration
      if (!group.registrations.has(registration)) return
      if (!gate.open(answer?.revision ?? unsent)) return
      const newest = group.result?.state()
      if (!newest) refreshSoon(group)
      else if (gate.offer(newest.revision)) outbox.send(target, createQueryFrames(newest)(target))
    },
    changed(table) {
      for (const group of readers.of(table)) group.debounce.ask()
    },
    async allChanged() {
      const rerun = [...groups.values()].map((group) => {
        group.debounce.ask()
        return new Promise<void>((resolve) => group.onRerun.push(resolve))
      })
      await Promise.all(rerun)
    },
    tablesMoved() {
      readers.forgetTables()
      for (const group of groups.values()) refreshSoon(group)
    },
    isWatching: () => groups.size > 0,
    close() {
      isClosed = true
      for (const { debounce } of groups.values()) debounce.stop()
    },
  }
}

/**
 * Registrations with the same arguments and rights share a run. Arguments are compared as
 * sent: a schema may turn them into a `Set`, which has no text.
 */
function keyOf({ name, principal, args }: QueryCall): string {
  return toCanonical([name, rightsKey(principal), args])
}
