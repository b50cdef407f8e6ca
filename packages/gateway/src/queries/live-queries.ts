import { encodeEvent } from '@headway/core/protocol'
import { type Principal, rightsKey } from '../access/principal.ts'
import { isInstance, toError } from '../describe-error.ts'
import { HttpError } from '../errors.ts'
import { createSnapshotGate, type SnapshotGate } from '../hub/snapshot-gate.ts'
import type { ResolvedGatewayOptions } from '../options.ts'
import type { Outbox } from '../sessions/outbox.ts'
import { toCanonical } from './canonical.ts'
import { createDebounce, type Debounce, type DebounceTimes } from './debounce.ts'
import { createLanes } from './lanes.ts'
import { createFrames, type QueryState } from './query-frames.ts'
import { notWatchable, toRefusal } from './refusal.ts'
import type { Asked, QueryResult, RunQuery } from './run-query.ts'

/** One registration of a query. */
export interface QueryWatcher {
  readonly target: string
  readonly outbox: Outbox
  /** Changes when its principal gets other rights. */
  group: Group
  readonly gate: SnapshotGate<QueryState>
}

/** Everybody who watches the same. */
interface Group {
  readonly key: string
  readonly asked: Asked
  readonly watchers: Set<QueryWatcher>
  readonly debounce: Debounce
  /** What it reads, as far as that is known. */
  readonly tables: Set<string>
  state: QueryState | null
  error: HttpError | null
  /** Who waits for the run that is under way, or the next. */
  waiting: { resolve(state: QueryState): void; reject(error: unknown): void }[]
  /** Told when a run that has begun since has ended. */
  onRerun: (() => void)[]
  isRunning: boolean
  isDirty: boolean
  isSlow: boolean
  /** The latest revision that watchers saw in the group they left; `null`: none. */
  seenBefore: number | null
}

/** Keeps the results of queries live. */
export interface LiveQueries {
  /** Registers: from now on every change reaches the watcher's gate. */
  watch(asked: Asked, target: string, outbox: Outbox): QueryWatcher
  unwatch(watcher: QueryWatcher): void
  /**
   * The watcher's principal has other rights: from now on the query is asked with those, and its
   * result is pushed. One that has left stays away.
   */
  askAs(watcher: QueryWatcher, principal: Principal): void
  /** The result now. Rejects with an `HttpError` when the query fails. */
  result(watcher: QueryWatcher): Promise<QueryState>
  /** The result is answered: what changed since goes out, unless the watcher has left. */
  answered(watcher: QueryWatcher, state: QueryState): void
  /** A table has changed. */
  changed(table: string): void
  /** Anything may have changed: resolves when every query was run again. */
  allChanged(): Promise<void>
  /** Names may stand for other tables than before: find out anew which tables queries read. */
  tablesMoved(): void
  /** Whether anything is watched. */
  isWatching(): boolean
  close(): void
}

/** How soon results follow changes. */
export const times: DebounceTimes = { quietMs: 50, mostMs: 200 }

/** From which time on a query counts as slow, in milliseconds. */
const slowMs = 500

/**
 * Live queries: run again when a table they read has changed, once for all who ask the same, and only what
 * is another result is sent. The tables of a query are known before it is run again: a run that finds one
 * that was not watched before is followed by another, since nobody knows what was missed of it.
 */
export function createLiveQueries(
  runQuery: RunQuery,
  { logger, maskErrors }: Pick<ResolvedGatewayOptions, 'logger' | 'maskErrors'>,
  most: number,
): LiveQueries {
  const groups = new Map<string, Group>()
  const byTable = new Map<string, Set<Group>>()
  /** What the queries of each name have read so far. */
  const tablesOf = new Map<string, Set<string>>()
  const lanes = createLanes(most)
  let isClosed = false

  const addTables = (group: Group, tables: Iterable<string>): boolean => {
    const known = tablesOf.get(group.asked.name) ?? new Set()
    tablesOf.set(group.asked.name, known)
    let hasGrown = false
    for (const table of tables) {
      known.add(table)
      if (group.tables.has(table)) continue
      hasGrown = true
      group.tables.add(table)
      const groups = byTable.get(table) ?? new Set()
      byTable.set(table, groups.add(group))
    }
    return hasGrown
  }
  const createGroup = (key: string, asked: Asked): Group => {
    const group: Group = {
      key,
      asked,
      watchers: new Set(),
      debounce: createDebounce(() => runSoon(group), times),
      tables: new Set(),
      state: null,
      error: null,
      waiting: [],
      onRerun: [],
      isRunning: false,
      isDirty: false,
      isSlow: false,
      seenBefore: null,
    }
    groups.set(key, group)
    addTables(group, tablesOf.get(asked.name) ?? [])
    return group
  }
  const runSoon = (group: Group): void => {
    if (isClosed) return
    group.isDirty = true
    if (group.isRunning) return
    run(group).catch((error: unknown) => {
      group.isRunning = false
      logger.error({ err: error, query: group.asked.name }, 'a live query could not be run')
    })
  }
  const run = async (group: Group): Promise<void> => {
    group.isRunning = true
    while (group.isDirty && !isClosed && groups.get(group.key) === group) {
      group.isDirty = false
      const rerun = group.onRerun.splice(0)
      let ms = 0
      const timed = async (): Promise<QueryResult> => {
        const startedAt = performance.now()
        try {
          return await runQuery(group.asked, true)
        } finally {
          ms = performance.now() - startedAt
        }
      }
      try {
        const { answer, tables, ended } = await lanes.run(group.isSlow, timed)
        if (answer instanceof Blob) throw notWatchable(`${group.asked.name} answers a file`)
        if (addTables(group, tables)) {
          group.isDirty = true
          // Nothing was sent yet.
          group.onRerun.push(...rerun.splice(0))
        } else succeed(group, answer, ended)
      } catch (error) {
        fail(group, error)
      }
      group.isSlow = ms > slowMs
      for (const done of rerun) done()
    }
    group.isRunning = false
  }
  const succeed = (group: Group, text: string, ended: number): void => {
    const { seenBefore } = group
    const isSame = group.state?.text === text && group.error === null && seenBefore === null
    // The same result after an error, or by chance, is another state of the database.
    const revision = Math.max((group.state?.revision ?? 0) + 1, (seenBefore ?? 0) + 1, ended)
    const state = isSame && group.state ? group.state : { text, revision }
    group.state = state
    group.error = null
    group.seenBefore = null
    if (!isSame) {
      const frameOf = createFrames(state)
      for (const watcher of group.watchers) {
        if (watcher.gate.offer(state)) watcher.outbox.send(watcher.target, frameOf(watcher.target))
      }
    }
    for (const { resolve } of group.waiting.splice(0)) resolve(state)
  }
  const fail = (group: Group, error: unknown): void => {
    if (!isInstance(error, HttpError)) {
      logger.warn({ err: toError(error), query: group.asked.name }, 'a live query failed')
    }
    const refused = toRefusal(error, maskErrors)
    group.error = refused
    const { message, refusal } = refused
    for (const { target, outbox } of group.state || group.seenBefore !== null
      ? group.watchers
      : []) {
      outbox.send(target, encodeEvent({ type: 'error', target, code: refusal.code, message }))
    }
    for (const { reject } of group.waiting.splice(0)) reject(refused)
  }

  const groupOf = (asked: Asked): Group => {
    const key = keyOf(asked)
    return groups.get(key) ?? createGroup(key, asked)
  }
  const unwatch = (watcher: QueryWatcher): void => {
    const { group, target, outbox } = watcher
    if (!group.watchers.delete(watcher)) return
    outbox.forget(target)
    if (group.watchers.size > 0) return
    group.debounce.stop()
    groups.delete(group.key)
    // Callers that wait for its result have left, too.
    for (const { reject } of group.waiting.splice(0)) reject(nobodyWatches)
    for (const done of group.onRerun.splice(0)) done()
    for (const table of group.tables) {
      const readers = byTable.get(table)
      readers?.delete(group)
      if (readers?.size === 0) byTable.delete(table)
    }
  }

  return {
    watch(asked, target, outbox) {
      const group = groupOf(asked)
      const watcher = { target, outbox, group, gate: createSnapshotGate<QueryState>() }
      group.watchers.add(watcher)
      return watcher
    },
    unwatch,
    askAs(watcher, principal) {
      const { asked, state, seenBefore, watchers } = watcher.group
      if (!watchers.has(watcher)) return
      unwatch(watcher)
      const group = groupOf({ ...asked, principal })
      watcher.group = group
      group.watchers.add(watcher)
      group.seenBefore = Math.max(
        group.seenBefore ?? 0,
        state?.revision ?? 0,
        // Of a group that it left before that had a result.
        seenBefore ?? 0,
      )
      runSoon(group)
    },
    result({ group }) {
      const { state, error, isRunning, isDirty } = group
      if (state && !error && !isRunning && !isDirty) return Promise.resolve(state)
      return new Promise((resolve, reject) => {
        group.waiting.push({ resolve, reject })
        if (!isRunning) runSoon(group)
      })
    },
    answered(watcher, state) {
      if (!watcher.group.watchers.has(watcher)) return
      const newer = watcher.gate.open(state)
      if (newer) watcher.outbox.send(watcher.target, createFrames(newer)(watcher.target))
    },
    changed(table) {
      for (const group of byTable.get(table) ?? []) group.debounce.ask()
    },
    async allChanged() {
      const rerun = [...groups.values()].map((group) => {
        group.debounce.ask()
        return new Promise<void>((resolve) => group.onRerun.push(resolve))
      })
      await Promise.all(rerun)
    },
    tablesMoved() {
      byTable.clear()
      tablesOf.clear()
      for (const group of groups.values()) {
        group.tables.clear()
        runSoon(group)
      }
    },
    isWatching: () => groups.size > 0,
    close() {
      isClosed = true
      for (const { debounce } of groups.values()) debounce.stop()
    },
  }
}

const nobodyWatches = new HttpError('The stream has ended', {
  status: 404,
  code: 'SESSION_NOT_FOUND',
})

/**
 * Watchers with the same arguments and rights share a run. Arguments are compared as they were
 * sent: a schema may turn them into a `Set`, which has no text.
 */
function keyOf({ name, principal, args }: Asked): string {
  return toCanonical([name, rightsKey(principal), args])
}
