import {
  type Client,
  createClient,
  defineJob,
  defineWorkflow,
  type JobDefinition,
  type JobHandle,
  type JobView,
  jobsOf,
  type MutationDefinition,
  mutationsOf,
  type NoArgs,
  type QueryDefinition,
  type QueryHandle,
  queriesOf,
  type WorkflowDefinition,
  type WorkflowHandle,
  type WorkflowView,
  withCodec,
  workflowsOf,
} from '@headway/core'
import * as react from '@headway/react'
import * as svelte from '@headway/svelte'
import {
  type ForgeError,
  type ReactiveMutation,
  type SubscriptionResult,
  toReactive,
  toReactiveMutation,
} from '@headway/svelte/forge'
import * as vue from '@headway/vue'
import { describe, expectTypeOf, it } from 'vitest'
import type { ComputedRef } from 'vue'

/** The shape of a gateway's `typeof gateway.api`. */
interface Api {
  jobs: {
    export_users: { args: { format: 'csv' | 'json' }; output: { url: string } }
    clean_up: { args: undefined; output: null }
  }
  workflows: {
    verify: { args: { userId: string }; output: boolean; events: { clicked: { by: string } } }
  }
  queries: {
    list_users: { args: { team: string }; output: string[] }
    report: { args: undefined; output: number }
  }
  mutations: {
    create_user: { args: { name: string }; output: { id: string } }
    ping: { args: undefined; output: 'pong' }
  }
}

const jobs = jobsOf<Api>()
const workflows = workflowsOf<Api>()
const queries = queriesOf<Api>()
const mutations = mutationsOf<Api>()
declare const client: Client

describe('definitions by hand and from an Api are the same', () => {
  it('jobs', () => {
    const exportUsers = defineJob<{ format: 'csv' | 'json' }, { url: string }>('export_users')
    expectTypeOf(jobs.export_users).toEqualTypeOf<typeof exportUsers>()
    expectTypeOf(exportUsers).toEqualTypeOf<
      JobDefinition<{ format: 'csv' | 'json' }, { url: string }>
    >()
    // @ts-expect-error the server has no such job
    jobs.export_user
    // @ts-expect-error an Api without jobs names none
    jobsOf<{ queries: Api['queries'] }>().export_users
  })

  it('workflows, with their events', () => {
    const verify = defineWorkflow<{ userId: string }, boolean, { clicked: { by: string } }>(
      'verify',
    )
    expectTypeOf(workflows.verify).toEqualTypeOf<typeof verify>()
    expectTypeOf(defineWorkflow<null, null>('other')).toEqualTypeOf<
      WorkflowDefinition<null, null>
    >()
  })

  it('queries and mutations', () => {
    expectTypeOf(queries.list_users).toEqualTypeOf<QueryDefinition<{ team: string }, string[]>>()
    expectTypeOf(mutations.create_user).toEqualTypeOf<
      MutationDefinition<{ name: string }, { id: string }>
    >()
  })

  it('a codec keeps the types, and is checked against them', () => {
    const coded = withCodec(jobs.export_users, { fromWire: (output) => ({ url: String(output) }) })
    expectTypeOf(coded).toEqualTypeOf<typeof jobs.export_users>()
    // @ts-expect-error the output has a url
    withCodec(jobs.export_users, { fromWire: () => 1 })
  })
})

describe('the client', () => {
  it('infers arguments and outputs', () => {
    const job = client.start(jobs.export_users, { format: 'csv' })
    expectTypeOf(job).toEqualTypeOf<JobHandle<{ url: string }>>()
    expectTypeOf(job.result).resolves.toEqualTypeOf<{ url: string }>()
    expectTypeOf(job.getSnapshot()).toEqualTypeOf<JobView<{ url: string }>>()
    expectTypeOf(client.attach(jobs.export_users, undefined)).toEqualTypeOf<typeof job>()
    const workflow = client.start(workflows.verify, { userId: 'u' })
    expectTypeOf(workflow).toEqualTypeOf<WorkflowHandle<boolean>>()
    expectTypeOf(workflow.getSnapshot()).toEqualTypeOf<WorkflowView<boolean>>()
    expectTypeOf(client.attach(workflows.verify, 'w')).toEqualTypeOf<typeof workflow>()
    const users = client.watch(queries.list_users, { team: 'a' })
    expectTypeOf(users).toEqualTypeOf<QueryHandle<string[]>>()
    expectTypeOf(users.getSnapshot().data).toEqualTypeOf<string[] | null>()
    expectTypeOf(client.call(queries.list_users, { team: 'a' })).resolves.toEqualTypeOf<string[]>()
    expectTypeOf(client.call(mutations.create_user, { name: 'a' })).resolves.toEqualTypeOf<{
      id: string
    }>()
    client.start(jobs.export_users, { format: 'json' }, { onDone: ({ url }) => url })
  })

  it('lets arguments be left out where there are none, and nowhere else', () => {
    expectTypeOf(client.start(jobs.clean_up)).toEqualTypeOf<JobHandle<null>>()
    client.start(jobs.clean_up, undefined, { onDone: (output) => expectTypeOf(output).toBeNull() })
    client.start(defineJob<NoArgs, null>('clean_up'))
    client.watch(queries.report)
    expectTypeOf(client.call(mutations.ping)).resolves.toEqualTypeOf<'pong'>()
    // @ts-expect-error the arguments are missing
    client.start(jobs.export_users)
    // @ts-expect-error the arguments are missing
    client.start(workflows.verify)
    // @ts-expect-error the arguments are missing
    client.watch(queries.list_users)
    // @ts-expect-error the arguments are missing
    client.call(mutations.create_user)
    // @ts-expect-error there is no such format
    client.start(jobs.export_users, { format: 'pdf' })
  })

  it('tells one kind from another, and takes no string', () => {
    // @ts-expect-error a query is not started
    client.start(queries.list_users, { team: 'a' })
    // @ts-expect-error a job is not watched
    client.watch(jobs.export_users, { format: 'csv' })
    // @ts-expect-error a job is started, not called
    client.call(jobs.export_users, { format: 'csv' })
    // @ts-expect-error a workflow is not called
    client.call(workflows.verify, { userId: 'u' })
    // @ts-expect-error names are definitions
    client.start('export_users', { format: 'csv' })
    // @ts-expect-error a client has no type parameter
    createClient<Api>()
    // @ts-expect-error a definition is made by defineJob or jobsOf
    client.start({ kind: 'job', name: 'export_users' } as const, null)
  })

  it('knows the events of a workflow', () => {
    client.sendEvent(workflows.verify, 'id', 'clicked', { by: 'Ann' })
    // A definition without events takes any.
    client.sendEvent(defineWorkflow<null, null>('other'), 'id', 'anything', 1)
    // @ts-expect-error there is no such event
    client.sendEvent(workflows.verify, 'id', 'other')
    // @ts-expect-error the payload names who clicked
    client.sendEvent(workflows.verify, 'id', 'clicked', { by: 1 })
  })
})

describe('hooks, composables and stores', () => {
  it('select: its parameter and its result are typed', () => {
    const percent = { jobId: '1', select: (job: JobView<{ url: string }>) => job.output?.url }
    expectTypeOf(react.useJob(jobs.export_users, percent)).toEqualTypeOf<string | undefined>()
    expectTypeOf(vue.useJob(jobs.export_users, percent)).toEqualTypeOf<
      ComputedRef<string | undefined>
    >()
    expectTypeOf(svelte.useJob(jobs.export_users, percent)).toEqualTypeOf<
      svelte.Readable<string | undefined>
    >()
    expectTypeOf(
      react.useWorkflow(workflows.verify, { select: ({ output }) => output }),
    ).toEqualTypeOf<boolean | null>()
    expectTypeOf(
      react.useQuery(queries.list_users, { team: 'a' }, { select: ({ data }) => data?.length }),
    ).toEqualTypeOf<number | undefined>()
    expectTypeOf(
      vue.useQuery(queries.list_users, { team: 'a' }, { select: ({ data }) => data?.length }),
    ).toEqualTypeOf<ComputedRef<number | undefined>>()
    expectTypeOf(
      svelte.useQuery(queries.list_users, { team: 'a' }, { select: ({ data }) => data?.length }),
    ).toEqualTypeOf<svelte.Readable<number | undefined>>()
  })

  it('without select: the whole view, actions, and callbacks with the output', () => {
    const options = {
      args: { format: 'csv' },
      onDone: ({ url }: { url: string }) => url,
    } as const
    expectTypeOf(react.useJob(jobs.export_users, options).output).toEqualTypeOf<{
      url: string
    } | null>()
    expectTypeOf(vue.useJob(jobs.export_users, options).output.value).toEqualTypeOf<{
      url: string
    } | null>()
    expectTypeOf(svelte.useJob(jobs.export_users, options).current.output).toEqualTypeOf<{
      url: string
    } | null>()
    expectTypeOf(react.useMutation(mutations.create_user).mutate)
      .parameter(0)
      .toEqualTypeOf<{ name: string }>()
    expectTypeOf(react.useJob(jobs.export_users).start)
      .parameter(0)
      .toEqualTypeOf<{ format: 'csv' | 'json' }>()
    expectTypeOf(vue.useJob(jobs.export_users).start)
      .parameter(0)
      .toEqualTypeOf<{ format: 'csv' | 'json' }>()
    expectTypeOf(svelte.useJob(jobs.export_users).start)
      .parameter(0)
      .toEqualTypeOf<{ format: 'csv' | 'json' }>()
    // @ts-expect-error the job has other arguments
    react.useJob(jobs.export_users, { args: { format: 'xml' } })
    // @ts-expect-error the job has other arguments
    vue.useJob(jobs.export_users, { args: { format: 'xml' } })
    // @ts-expect-error the job has other arguments
    svelte.useJob(jobs.export_users, { args: { format: 'xml' } })
    // @ts-expect-error there is no such option
    react.useJob(jobs.export_users, { job: '1' })
  })

  it('lets arguments be left out where there are none, and nowhere else', () => {
    react.useJob(jobs.clean_up).start()
    react.useJob(defineJob<NoArgs, null>('clean_up')).start()
    react.useQuery(queries.report)
    react.useQuery(queries.report, undefined, { enabled: false })
    // @ts-expect-error the arguments are missing
    react.useJob(jobs.export_users).start()
    // @ts-expect-error the arguments are missing
    react.useQuery(queries.list_users)
    vue.useJob(jobs.clean_up).start()
    vue.useJob(defineJob<NoArgs, null>('clean_up')).start()
    vue.useQuery(queries.report)
    vue.useQuery(queries.report, undefined, { enabled: false })
    // @ts-expect-error the arguments are missing
    vue.useJob(jobs.export_users).start()
    // @ts-expect-error the arguments are missing
    vue.useQuery(queries.list_users)
    svelte.useJob(jobs.clean_up).start()
    svelte.useJob(defineJob<NoArgs, null>('clean_up')).start()
    svelte.useQuery(queries.report)
    svelte.useQuery(queries.report, undefined, { enabled: false })
    // @ts-expect-error the arguments are missing
    svelte.useJob(jobs.export_users).start()
    // @ts-expect-error the arguments are missing
    svelte.useQuery(queries.list_users)
  })
})

describe('Svelte on a Forge', () => {
  it('a string names the job of a store, and the caller its types', () => {
    const job = svelte.createJobStore<{ format: string }, string>('export_users', { format: 'csv' })
    expectTypeOf(job.current.output).toEqualTypeOf<string | null>()
  })

  it('for runes: the values of a store, with an error that has a code', () => {
    const store = svelte.createSubscriptionStore<null, string[]>('list_users', null)
    const users = toReactive(store)
    expectTypeOf(users.data).toEqualTypeOf<string[] | null>()
    expectTypeOf(users.error).toEqualTypeOf<ForgeError | null>()
    expectTypeOf(users).toExtend<SubscriptionResult<string[]>>()
    expectTypeOf(store.current).toExtend<SubscriptionResult<string[]>>()
  })

  it('for runes: a mutation takes the arguments of its function', () => {
    const creation = toReactiveMutation((args: { name: string }) => Promise.resolve(args.name))
    expectTypeOf(creation).toEqualTypeOf<ReactiveMutation<{ name: string }, string>>()
    // @ts-expect-error the arguments are missing
    void creation.mutate()
    void toReactiveMutation(() => Promise.resolve(1)).mutate()
  })
})
