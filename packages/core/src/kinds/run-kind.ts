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
  /** The view from `start()` until the server has created the run. All starts share this object. */
  readonly starting: AnyRunView
  /** The view after a failed start. */
  toFailed(error: HeadwayError): AnyRunView
  /** The state before the server's first answer. An empty id gives the idle view. */
  toFold(id: string, loading: boolean): Fold<AnyRunView>
  idOf(view: AnyRunView): string
  /**
   * The target of one run. The registration's id is the run's id, so a server can send the same
   * frame to every client.
   */
  toTarget(id: string): Target
  /**
   * The path of the run, such as `/jobs/<id>`. Throws `RpcError` for an id that no path can hold.
   */
  toPath(id: string): string
}

/** The differences between jobs and workflows. */
export interface RunParts<V extends AnyRunView, S> {
  name: 'job' | 'workflow'
  path: string
  missing: string
  parse(payload: unknown): S | Error
  reduce(fold: Fold<V>, event: RunEvent<S>, offsetMs?: number): Fold<V>
  toFold(id: string, loading?: boolean): Fold<V>
  idOf(view: V): string
  toItem(id: string): BatchItem
}

/** Makes a kind of run from its {@link RunParts}. */
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

/** An id as one segment of a path. `.` and `..` would lead to another path. */
function toPathPart(id: string): string {
  const part = encodeURIComponent(id.replaceAll(/[\ud800-\udfff]/gu, '\ufffd'))
  if (part !== '.' && part !== '..') return part
  throw new RpcError(`"${id}" cannot be the id of a run`, { code: 'INVALID_ID', status: 400 })
}
