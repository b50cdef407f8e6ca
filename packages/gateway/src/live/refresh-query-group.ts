import { encodeEvent } from '@headway/core/protocol'
import type { Logger } from 'pino'
import { isInstance, toError } from '../describe-error.ts'
import { HttpError } from '../errors.ts'
import { toQueryRefusal } from '../queries/query-refusal.ts'
import type { QueryResult, RunQuery } from '../queries/run-query.ts'
import { notWatchable } from '../refusals/functions.ts'
import type { KeptResults } from './kept-results.ts'
import { createLanes } from './lanes.ts'
import { createQueryFrames } from './query-frames.ts'
import type { QueryGroup } from './query-group.ts'
import type { TableReaders } from './table-readers.ts'

/** A query that takes longer counts as slow, in milliseconds. */
const slowMs = 500

/** The log of failed queries; `maskErrors` hides their messages from users. */
export interface QueryLogging {
  logger: Logger
  maskErrors: boolean
}

/** The parts that a refresh of a query group needs. */
export interface RefreshTools {
  runQuery: RunQuery
  readers: TableReaders<QueryGroup>
  results: KeptResults
  /** The group still has registrations. */
  isWatched(group: QueryGroup): boolean
  options: QueryLogging
  /** The number of queries that may run at the same time. */
  most: number
}

/**
 * Runs the query of a group as soon as there is room, after its current run, and pushes a result
 * that differs. The tables of a query must be known before its run: when a run reads a table that
 * was not watched yet, changes of it may have been missed, so another run follows.
 */
export function createRefreshQueryGroup({
  runQuery,
  readers,
  results,
  isWatched,
  options: { logger, maskErrors },
  most,
}: RefreshTools): (group: QueryGroup) => void {
  const lanes = createLanes(most)

  const refresh = async (group: QueryGroup): Promise<void> => {
    group.isRunning = true
    while (group.isDirty && isWatched(group)) {
      group.isDirty = false
      const rerun = group.onRerun.splice(0)
      let ms = 0
      const timed = async (): Promise<QueryResult> => {
        const startedAt = performance.now()
        try {
          return await runQuery(group.call, true)
        } finally {
          ms = performance.now() - startedAt
        }
      }
      try {
        const { answer, tables, ended } = await lanes.run(group.isSlow, timed)
        if (answer instanceof Blob) throw notWatchable(`${group.call.name} answers a file`)
        if (readers.note(group, tables)) {
          group.isDirty = true
          // Nothing was sent yet.
          group.onRerun.push(...rerun.splice(0))
        } else if (isWatched(group)) succeed(group, { text: answer, ended }, results)
      } catch (error) {
        fail(group, error)
      }
      group.isSlow = ms > slowMs
      for (const done of rerun) done()
    }
    group.isRunning = false
  }
  const fail = (group: QueryGroup, error: unknown): void => {
    if (!isInstance(error, HttpError)) {
      logger.warn({ err: toError(error), query: group.call.name }, 'a live query failed')
    }
    const refused = toQueryRefusal(error, maskErrors)
    group.error = refused
    const { message, refusal } = refused
    const isShown = group.result !== null || group.seenBefore !== null
    for (const { target, outbox } of isShown ? group.registrations : []) {
      outbox.send(target, encodeEvent({ type: 'error', target, code: refusal.code, message }))
    }
    for (const { reject } of group.waiting.splice(0)) reject(refused)
  }
  return (group) => {
    if (!isWatched(group)) return
    group.isDirty = true
    if (group.isRunning) return
    refresh(group).catch((error: unknown) => {
      group.isRunning = false
      logger.error({ err: error, query: group.call.name }, 'a live query could not be run')
    })
  }
}

function succeed(
  group: QueryGroup,
  { text, ended }: { text: string; ended: number },
  results: KeptResults,
): void {
  const { seenBefore, result } = group
  const isSame = result?.isText(text) && group.error === null && seenBefore === null
  // The same result after an error, or by chance, is another state of the database.
  const next = Math.max((result?.revision ?? 0) + 1, (seenBefore ?? 0) + 1, ended)
  const state = { text, revision: isSame && result ? result.revision : next }
  if (result) results.drop(result)
  group.result = results.keep(state)
  group.error = null
  group.seenBefore = null
  const frameOf = createQueryFrames(state)
  // Also when it is the same: one that was answered an older one may wait for it.
  for (const { gate, outbox, target } of group.registrations) {
    if (gate.offer(state.revision)) outbox.send(target, frameOf(target))
  }
  for (const { resolve } of group.waiting.splice(0)) resolve(state)
}
