import type { Client } from '../client.ts'
import type {
  JobDefinition,
  QueryDefinition,
  WorkflowDefinition,
} from '../definitions/definition.ts'
import { RpcError } from '../errors.ts'
import type { AnyRunView } from '../kinds/run-kind.ts'
import { callWithJson } from '../rpc/call.ts'
import { visitFiles } from '../rpc/sendable.ts'
import { encodeArgs } from '../tracking/coding.ts'
import type { JobHandle, RunOptions } from '../tracking/handle.ts'
import { TrackedRun } from '../tracking/tracked-run.ts'
import type { QueryHandle } from '../tracking/watch.ts'
import { type GroupOptions, type GroupOutput, groupOf } from './group.ts'
import { createGroupStart, type GroupItem } from './group-start.ts'

/**
 * Starts a group: one run of a job or a workflow for each item, and a job that counts them. Returns
 * its handle at once: `view.children` has the counts, `watchRuns(client, { parent })` the runs.
 * `cancel()` and `retry()` reach all children that they concern. Needs the server's capability
 * `groups`.
 *
 * The start is over once all items are there; more than 1,000 are sent in several requests. If the
 * server refuses some, the group is cancelled, and the start fails with the reason. A start whose
 * answers stay away goes on with `retryStart()`.
 *
 * @example
 * ```ts
 * const group = startMany(client, importFile, files, { label: ({ name }) => ({ title: name }) })
 * group.state$.subscribe(({ children }) => console.log(children?.done, children?.total))
 * ```
 */
export function startMany<TArgs>(
  client: Pick<Client, 'watch'>,
  definition: JobDefinition<TArgs, unknown> | WorkflowDefinition<TArgs, unknown>,
  argsList: readonly NoInfer<TArgs>[],
  options: GroupOptions<NoInfer<TArgs>> = {},
): JobHandle<GroupOutput> {
  const { name } = definition
  const toItems = (): GroupItem[] => {
    const items = argsList.map((args, index) => {
      const { title, tags } = options.label?.(args, index) ?? {}
      return { args: encodeArgs(definition, args ?? null), title, tags }
    })
    checkItems(name, items)
    return items
  }
  const group: QueryDefinition<null, unknown> = {
    kind: 'query',
    name,
    call: callWithJson,
    watch: (tracking) =>
      new TrackedRun(tracking, {
        definition: groupOf(definition),
        start: createGroupStart(tracking.transport, { name, toItems, options }),
        options: options as RunOptions<AnyRunView, unknown>,
      }) as unknown as QueryHandle<unknown>,
  }
  // The client gives a definition what handles are made of.
  return client.watch(group, null) as unknown as JobHandle<GroupOutput>
}

/** Throws for a list that no server takes. */
function checkItems(name: string, items: readonly GroupItem[]): void {
  if (items.length === 0) {
    const message = `A group of ${name} needs at least one item: the list is empty`
    throw new RpcError(message, { code: 'INVALID_ARGUMENT' })
  }
  visitFiles(items, [], (_, path) => {
    throw new TypeError(`${[name, ...path].join('.')} is a file: a group cannot have files`)
  })
}
