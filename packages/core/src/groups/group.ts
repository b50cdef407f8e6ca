import type { JobDefinition, WorkflowDefinition } from '../definitions/definition.ts'
import { jobKind } from '../kinds/job-kind.ts'
import { callWithJson } from '../rpc/call.ts'
import type { JobView } from '../state/job-state.ts'
import { createReader, encodeArgs } from '../tracking/coding.ts'
import type { RunOptions } from '../tracking/handle.ts'

/** The output of a completed group: how its children ended. */
export interface GroupOutput {
  total: number
  done: number
  failed: number
  cancelled: number
}

/** How the children of a group are started. */
export interface GroupChoices<TArgs> {
  /**
   * `continue` tries all children. `stop`: the first one that fails ends the group, and the others
   * are cancelled. Default: `continue`.
   */
  onFailure?: 'continue' | 'stop' | undefined
  /** Returns the title and the tags of one child, for lists. `index` counts from 0. */
  label?:
    | ((
        args: TArgs,
        index: number,
      ) => { title?: string | undefined; tags?: readonly string[] | undefined })
    | undefined
}

/** Options of `startMany`. `title` and `tags` are those of the group. */
export interface GroupOptions<TArgs>
  extends RunOptions<JobView<GroupOutput>, GroupOutput>,
    GroupChoices<TArgs> {}

/**
 * The definition of the groups of a job or a workflow, to follow one that exists: with
 * `client.attach()`, or as `useJob(groupOf(exportUsers), { jobId })`. Start one with `startMany()`.
 *
 * @example
 * ```ts
 * const group = client.attach(groupOf(exportUsers), groupId)
 * ```
 */
export function groupOf<TArgs>(
  definition: JobDefinition<TArgs, unknown> | WorkflowDefinition<TArgs, unknown>,
): JobDefinition<never, GroupOutput> {
  const { name } = definition
  const encode = (list: unknown): unknown =>
    (list as unknown[]).map((args) => encodeArgs(definition, args))
  const coding = { encode, createReader: () => createReader({ name }) }
  return { kind: 'job', name, run: jobKind, call: callWithJson, coding }
}
