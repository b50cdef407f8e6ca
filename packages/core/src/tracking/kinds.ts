import { type ProtocolError, RpcError } from '../errors.ts'
import type { BatchItem } from '../protocol/envelopes.ts'
import type { TargetKind } from '../protocol/server-event.ts'
import { parseJobSnapshot, parseWorkflowSnapshot } from '../protocol/snapshots.ts'
import { reduceJob } from '../state/job-state.ts'
import { reduceQuery } from '../state/query-state.ts'
import type { Fold, FollowEvent } from '../state/run-state.ts'
import { reduceWorkflow } from '../state/workflow-state.ts'

/** What the registry has to know of a kind of target. `V` is its view, `S` its snapshot. */
export interface Kind<V = unknown, S = unknown> {
  /** Where one is registered alone, below `/_api`. */
  path: string
  /** The code of "there is none". */
  missing: string | null
  /** What a payload says, or why it says nothing. */
  parse(payload: unknown, revision: number | undefined): S | ProtocolError
  reduce(fold: Fold<V>, event: FollowEvent<S>): Fold<V>
  /** Where its snapshot can be read alone, if anywhere. */
  snapshotPath(id: string): string | null
}

/** A kind, with its types put away: a cell's view and events are always of its own kind. */
function toKind<V, S>(kind: Kind<V, S>): Kind {
  return kind as unknown as Kind
}

/** Every kind of target there is. */
export const kinds: Record<TargetKind, Kind> = {
  job: toKind({
    path: '/subscribe-job',
    missing: 'JOB_NOT_FOUND',
    parse: parseJobSnapshot,
    reduce: reduceJob,
    snapshotPath: (id) => `/jobs/${toPathPart(id)}`,
  }),
  workflow: toKind({
    path: '/subscribe-workflow',
    missing: 'WORKFLOW_NOT_FOUND',
    parse: parseWorkflowSnapshot,
    reduce: reduceWorkflow,
    snapshotPath: (id) => `/workflows/${toPathPart(id)}`,
  }),
  query: toKind({
    path: '/subscribe',
    missing: null,
    parse: (data, revision) => (revision === undefined ? { data } : { data, revision }),
    reduce: reduceQuery,
    snapshotPath: () => null,
  }),
}

/** An id as one part of a path. Some cannot be one: those would ask for something else. */
function toPathPart(id: string): string {
  const part = encodeURIComponent(id.replaceAll(/[\ud800-\udfff]/gu, '\ufffd'))
  if (part !== '.' && part !== '..') return part
  throw new RpcError(`"${id}" cannot be the id of a run`, { code: 'INVALID_ID', status: 400 })
}

/** What registers a run: its id is the run's own, so that a server can share frames between clients. */
export function runItem(kind: 'job' | 'workflow', id: string): BatchItem {
  return kind === 'job' ? { kind, id, job_id: id } : { kind, id, workflow_id: id }
}
