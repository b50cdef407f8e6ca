import type { JobDefinition, WorkflowDefinition } from '../definitions/definition.ts'
import type { ListedRun, RunsRequest } from '../protocol/runs-page.ts'
import type { JobStatus, WorkflowStatus } from '../protocol/snapshots.ts'
import type { Coding } from '../tracking/coding.ts'
import type { JobRow, RunRow, WorkflowRow } from './run-row.ts'

/** The name of a job or workflow, or its definition. */
export type RunsName = string | JobDefinition<never, unknown> | WorkflowDefinition<never, unknown>

/** A status word, or `active` for all runs that have not ended, or `ended` for all that have. */
export type RunsStatus = JobStatus | WorkflowStatus | 'active' | 'ended'

/** The runs of a list. A member that you leave out leaves out no run. */
export interface RunsFilter<TName extends RunsName = RunsName> {
  kind?: 'job' | 'workflow' | undefined
  /** With definitions, the rows have the types of their outputs, read by their codecs. */
  name?: TName | readonly TName[] | undefined
  status?: RunsStatus | readonly RunsStatus[] | undefined
  /** One of the run's tags. */
  tag?: string | undefined
  /** The runs of another user, of those that the signed-in user may read. Default: the own runs. */
  owner?: string | undefined
  /** `true` for the runs of all users, of those that the signed-in user may read. */
  anyOwner?: boolean | undefined
  /**
   * The id of a run, for its children, in their order: the first one is the first row. Without it,
   * a list has no children of other runs. Does not go with `owner` and `anyOwner`. Needs the
   * capability `groups`.
   */
  parent?: string | undefined
  /** The most runs, 1 to 200. Default: 20. */
  limit?: number | undefined
}

/** The row of a run with this name or definition. */
export type RowOf<TName> =
  TName extends JobDefinition<never, infer TOutput>
    ? JobRow<TOutput>
    : TName extends WorkflowDefinition<never, infer TOutput>
      ? WorkflowRow<TOutput>
      : RunRow

/** The filter as the server reads it. Throws a `TypeError` for one that no server takes. */
export function toRunsRequest({ name, ...rest }: RunsFilter): RunsRequest {
  if (rest.parent !== undefined && (rest.owner ?? rest.anyOwner) !== undefined) {
    throw new TypeError(
      'A list with a parent has all of its children: leave out owner and anyOwner',
    )
  }
  const names = listed(name)
  const kinds = new Set(names.map((one) => (typeof one === 'string' ? undefined : one.kind)))
  const [kind] = kinds
  return {
    // Another definition may have the same name.
    ...(kinds.size === 1 && kind && { kind }),
    ...(name !== undefined && { name: names.map(nameOf) }),
    ...rest,
  }
}

/** The capability that a list needs, and its name in an error. */
export function capabilityOf({ parent }: RunsRequest): {
  capability: 'lists' | 'groups'
  what: string
} {
  return parent === undefined
    ? { capability: 'lists', what: 'lists of runs' }
    : { capability: 'groups', what: 'lists of the children of a run' }
}

/** Returns the codec of a run, if the filter has its definition. */
export function createCodings({ name }: RunsFilter): (run: ListedRun) => Coding | undefined {
  const definitions = listed(name).filter((one) => typeof one !== 'string')
  return (run) => definitions.find((one) => one.kind === run.kind && one.name === run.name)?.coding
}

function listed(name: RunsFilter['name']): readonly RunsName[] {
  return name === undefined ? [] : [name].flat()
}

function nameOf(name: RunsName): string {
  return typeof name === 'string' ? name : name.name
}
