import type { Api, Client, JobView, QueryView, WorkflowView } from '@headway/core'
import type { ArgsOf, ArgsRest, NameOf, OutputOf } from '@headway/core/adapter'
import { HeadwayProvider, useClient } from './client-provider.tsx'
import { useConnection } from './use-connection.ts'
import { type UsedJob, type UseJobOptions, useJob } from './use-job.ts'
import { type UsedMutation, useMutation } from './use-mutation.ts'
import { type UsedQuery, type UseQueryOptions, useQuery } from './use-query.ts'
import { type UsedWorkflow, type UseWorkflowOptions, useWorkflow } from './use-workflow.ts'

/** The hooks of an `Api`: names are plain strings, arguments and outputs are inferred. */
export interface Hooks<TApi extends Api> {
  HeadwayProvider: typeof HeadwayProvider
  useClient(): Client<TApi>
  useConnection: typeof useConnection
  /** @see {@link useJob} */
  useJob: {
    <N extends NameOf<TApi, 'jobs'>, S>(
      job: N,
      options: UseJobOptions<ArgsOf<TApi, 'jobs', N>, OutputOf<TApi, 'jobs', N>> & {
        select: (job: JobView<OutputOf<TApi, 'jobs', N>>) => S
      },
    ): S
    <N extends NameOf<TApi, 'jobs'>>(
      job: N,
      options?: UseJobOptions<ArgsOf<TApi, 'jobs', N>, OutputOf<TApi, 'jobs', N>>,
    ): UsedJob<ArgsOf<TApi, 'jobs', N>, OutputOf<TApi, 'jobs', N>>
  }
  /** @see {@link useWorkflow} */
  useWorkflow: {
    <N extends NameOf<TApi, 'workflows'>, S>(
      workflow: N,
      options: UseWorkflowOptions<ArgsOf<TApi, 'workflows', N>, OutputOf<TApi, 'workflows', N>> & {
        select: (workflow: WorkflowView<OutputOf<TApi, 'workflows', N>>) => S
      },
    ): S
    <N extends NameOf<TApi, 'workflows'>>(
      workflow: N,
      options?: UseWorkflowOptions<ArgsOf<TApi, 'workflows', N>, OutputOf<TApi, 'workflows', N>>,
    ): UsedWorkflow<ArgsOf<TApi, 'workflows', N>, OutputOf<TApi, 'workflows', N>>
  }
  /** @see {@link useQuery} */
  useQuery: {
    <N extends NameOf<TApi, 'queries'>>(
      query: N,
      ...rest: [...ArgsRest<ArgsOf<TApi, 'queries', N>>, options?: UseQueryOptions]
    ): UsedQuery<OutputOf<TApi, 'queries', N>>
    <N extends NameOf<TApi, 'queries'>, S>(
      query: N,
      args: ArgsOf<TApi, 'queries', N>,
      options: UseQueryOptions & {
        select: (query: QueryView<OutputOf<TApi, 'queries', N>>) => S
      },
    ): S
  }
  /** @see {@link useMutation} */
  useMutation<N extends NameOf<TApi, 'mutations'>>(
    mutation: N,
  ): UsedMutation<ArgsOf<TApi, 'mutations', N>, OutputOf<TApi, 'mutations', N>>
}

/**
 * The hooks, typed by what a server serves: `typeof gateway.api`, or written by hand.
 *
 * @example
 * ```ts
 * export const { useJob, useQuery } = createHooks<Api>()
 * const job = useJob('export_users')
 * ```
 */
export function createHooks<TApi extends Api>(): Hooks<TApi> {
  const hooks = {
    HeadwayProvider,
    useClient,
    useConnection,
    useJob,
    useWorkflow,
    useQuery,
    useMutation,
  }
  // The same hooks: each takes a name where it takes a definition.
  return hooks as unknown as Hooks<TApi>
}
