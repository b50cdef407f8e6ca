import { type HeadwayError, RpcError } from '../errors.ts'
import type { BatchItem } from '../protocol/envelopes.ts'
import type { JobView } from '../state/job-state.ts'
import type { Fold, RunEvent } from '../state/run-state.ts'
import type { WorkflowView } from '../state/workflow-state.ts'
import type { Kind, Target } from './kind.ts'

/** The view of a job or of a workflow. */
export type AnyRunView = JobView<unknown> | WorkflowView<unknown>

/** A kind of run: a job or a workflow. */
export interface RunKind extends Kind {
  readonly name: 'job' | 'workflow'
  /** The view from `start()` until the server has created the run: the same object for all. */
  readonly starting: AnyRunView
  /** The view of a start that failed. */
  toFailed(error: HeadwayError): AnyRunView
  /** The state before anything was heard; without an id that of no run. */
  toFold(id: string, loading: boolean): Fold<AnyRunView>
  idOf(view: AnyRunView): string
  /**
   * The target of one run: its id is the run's own, so that a server can share frames between
   * clients.
   */
  toTarget(id: string): Target
  /**
   * The run's own path, such as `/jobs/<id>`. Throws `RpcError` for an id that cannot stand in a
   * path.
   */
  toPath(id: string): string
}

/** The parts in which a job and a workflow differ. */
export interface RunParts<V extends AnyRunView, S> {
  name: 'job' | 'workflow'
  path: string
  missing: string
  parse(payload: unknown): S | Error
  reduce(fold: Fold<V>, event: RunEvent<S>): Fold<V>
  toFold(id: string, loading?: boolean): Fold<V>
  idOf(view: V): string
  toItem(id: string): BatchItem
}

/** Completes a kind of run. */
export function createRunKind<V extends AnyRunView, S>(parts: RunParts<V, S>): RunKind {
  const { name, reduce, toItem } = parts
  const toPath = (id: string): string => `/${name}s/${toPathPart(id)}`
  const starting = reduce(parts.toFold(''), { type: 'started' })
  const kind = {
    ...parts,
    starting: starting.view,
    toFailed: (error: HeadwayError) => reduce(starting, { type: 'startFailed', error }).view,
    toPath,
    toRead: ({ id }: BatchItem) => ({ method: 'GET', path: toPath(id) }),
    toTarget: (id: string) => ({ kind, item: toItem(id) }),
  } as unknown as RunKind
  return kind
}

/** An id as one part of a path. `.` and `..` would lead to another path. */
function toPathPart(id: string): string {
  const part = encodeURIComponent(id.replaceAll(/[\ud800-\udfff]/gu, '\ufffd'))
  if (part !== '.' && part !== '..') return part
  throw new RpcError(`"${id}" cannot be the id of a run`, { code: 'INVALID_ID', status: 400 })
}
