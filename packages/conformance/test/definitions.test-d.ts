import * as core from '@headway/core'
import * as react from '@headway/react'
import * as svelte from '@headway/svelte'
import * as forge from '@headway/svelte/forge'
import * as vue from '@headway/vue'
import { describe, expectTypeOf, it } from 'vitest'
import type { ComputedRef } from 'vue'
import {
  type Api,
  client,
  type Format,
  type Id,
  jobs,
  mutations,
  type Name,
  other,
  queries,
  type Team,
  type Url,
  type verify,
  workflows,
} from './definitions.fixture.ts'

describe('definitions by hand and from an Api are the same', () => {
  it('jobs', () => {
    const exportUsers = core.defineJob<Format, Url>('export_users')
    expectTypeOf(jobs.export_users).toEqualTypeOf<typeof exportUsers>()
    expectTypeOf(exportUsers).toEqualTypeOf<core.JobDefinition<Format, Url>>()
    // @ts-expect-error the server has no such job
    jobs.export_user
    // @ts-expect-error an Api without jobs names none
    core.jobsOf<{ queries: Api['queries'] }>().export_users
  })

  it('workflows, with their events', () => {
    expectTypeOf(workflows.verify).toEqualTypeOf<typeof verify>()
    expectTypeOf(other).toEqualTypeOf<core.WorkflowDefinition<null, null>>()
  })

  it('queries and mutations', () => {
    expectTypeOf(queries.list_users).toEqualTypeOf<core.QueryDefinition<Team, string[]>>()
    expectTypeOf(mutations.create_user).toEqualTypeOf<core.MutationDefinition<Name, Id>>()
  })

  it('a codec keeps the types, and is checked against them', () => {
    const coded = core.withCodec(jobs.export_users, { fromWire: (wire) => ({ url: String(wire) }) })
    expectTypeOf(coded).toEqualTypeOf<typeof jobs.export_users>()
    // @ts-expect-error the output has a url
    core.withCodec(jobs.export_users, { fromWire: () => 1 })
  })
})

describe('the client', () => {
  it('infers arguments and outputs', () => {
    const job = client.start(jobs.export_users, { format: 'csv' })
    expectTypeOf(job).toEqualTypeOf<core.JobHandle<Url>>()
    expectTypeOf(job.result).resolves.toEqualTypeOf<Url>()
    expectTypeOf(job.getSnapshot()).toEqualTypeOf<core.JobView<Url>>()
    expectTypeOf(client.attach(jobs.export_users, undefined)).toEqualTypeOf<typeof job>()
    const workflow = client.start(workflows.verify, { userId: 'u' })
    expectTypeOf(workflow).toEqualTypeOf<core.WorkflowHandle<boolean>>()
    expectTypeOf(workflow.getSnapshot()).toEqualTypeOf<core.WorkflowView<boolean>>()
    expectTypeOf(client.attach(workflows.verify, 'w')).toEqualTypeOf<typeof workflow>()
    const users = client.watch(queries.list_users, { team: 'a' })
    expectTypeOf(users).toEqualTypeOf<core.QueryHandle<string[]>>()
    expectTypeOf(users.getSnapshot().data).toEqualTypeOf<string[] | null>()
    expectTypeOf(client.call(queries.list_users, { team: 'a' })).resolves.toEqualTypeOf<string[]>()
    expectTypeOf(client.call(mutations.create_user, { name: 'a' })).resolves.toEqualTypeOf<Id>()
    client.start(jobs.export_users, { format: 'json' }, { onDone: ({ url }) => url })
  })

  it('lets arguments be left out where there are none, and nowhere else', () => {
    expectTypeOf(client.start(jobs.clean_up)).toEqualTypeOf<core.JobHandle<null>>()
    client.start(jobs.clean_up, undefined, { onDone: (output) => expectTypeOf(output).toBeNull() })
    client.start(core.defineJob<core.NoArgs, null>('clean_up'))
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
    core.createClient<Api>()
    // @ts-expect-error a definition is made by defineJob or jobsOf
    client.start({ kind: 'job', name: 'export_users' } as const, null)
  })

  it('knows the events of a workflow', () => {
    client.sendEvent(workflows.verify, 'id', 'clicked', { by: 'Ann' })
    // A definition without events takes any.
    client.sendEvent(other, 'id', 'anything', 1)
    // @ts-expect-error there is no such event
    client.sendEvent(workflows.verify, 'id', 'other')
    // @ts-expect-error the payload names who clicked
    client.sendEvent(workflows.verify, 'id', 'clicked', { by: 1 })
  })
})

describe('hooks, composables and stores', () => {
  it('select: its parameter and its result are typed', () => {
    type Text = string | undefined
    const percent = { jobId: '1', select: (job: core.JobView<Url>) => job.output?.url }
    expectTypeOf(react.useJob(jobs.export_users, percent)).toEqualTypeOf<Text>()
    expectTypeOf(vue.useJob(jobs.export_users, percent)).toEqualTypeOf<ComputedRef<Text>>()
    expectTypeOf(svelte.useJob(jobs.export_users, percent)).toEqualTypeOf<svelte.Readable<Text>>()
    const verified = react.useWorkflow(workflows.verify, { select: ({ output }) => output })
    expectTypeOf(verified).toEqualTypeOf<boolean | null>()
    const { list_users } = queries
    const team = { team: 'a' }
    const reactCount = react.useQuery(list_users, team, { select: ({ data }) => data?.length })
    expectTypeOf(reactCount).toEqualTypeOf<number | undefined>()
    const vueCount = vue.useQuery(list_users, team, { select: ({ data }) => data?.length })
    expectTypeOf(vueCount).toEqualTypeOf<ComputedRef<number | undefined>>()
    const svelteCount = svelte.useQuery(list_users, team, { select: ({ data }) => data?.length })
    expectTypeOf(svelteCount).toEqualTypeOf<svelte.Readable<number | undefined>>()
  })

  it('without select: the whole view, actions, and callbacks with the output', () => {
    const options = { args: { format: 'csv' }, onDone: ({ url }: Url) => url } as const
    expectTypeOf(react.useJob(jobs.export_users, options).output).toEqualTypeOf<Url | null>()
    expectTypeOf(vue.useJob(jobs.export_users, options).output.value).toEqualTypeOf<Url | null>()
    const { output } = svelte.useJob(jobs.export_users, options).current
    expectTypeOf(output).toEqualTypeOf<Url | null>()
    expectTypeOf(react.useMutation(mutations.create_user).mutate).parameter(0).toEqualTypeOf<Name>()
    expectTypeOf(react.useJob(jobs.export_users).start).parameter(0).toEqualTypeOf<Format>()
    expectTypeOf(vue.useJob(jobs.export_users).start).parameter(0).toEqualTypeOf<Format>()
    expectTypeOf(svelte.useJob(jobs.export_users).start).parameter(0).toEqualTypeOf<Format>()
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
    react.useJob(core.defineJob<core.NoArgs, null>('clean_up')).start()
    react.useQuery(queries.report)
    react.useQuery(queries.report, undefined, { enabled: false })
    // @ts-expect-error the arguments are missing
    react.useJob(jobs.export_users).start()
    // @ts-expect-error the arguments are missing
    react.useQuery(queries.list_users)
    vue.useJob(jobs.clean_up).start()
    vue.useJob(core.defineJob<core.NoArgs, null>('clean_up')).start()
    vue.useQuery(queries.report)
    vue.useQuery(queries.report, undefined, { enabled: false })
    // @ts-expect-error the arguments are missing
    vue.useJob(jobs.export_users).start()
    // @ts-expect-error the arguments are missing
    vue.useQuery(queries.list_users)
    svelte.useJob(jobs.clean_up).start()
    svelte.useJob(core.defineJob<core.NoArgs, null>('clean_up')).start()
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

  it('a definition brings its types to a store', () => {
    const job = svelte.createJobStore(jobs.export_users, { format: 'csv' })
    expectTypeOf(job.current.output).toEqualTypeOf<Url | null>()
    const users = svelte.createQueryStore(queries.list_users, { team: 'a' })
    expectTypeOf(users.current.data).toEqualTypeOf<string[] | null>()
    expectTypeOf(svelte.call(mutations.ping, undefined)).resolves.toEqualTypeOf<'pong'>()
    // @ts-expect-error there is no such format
    svelte.createJobStore(jobs.export_users, { format: 'pdf' })
    // @ts-expect-error a query is not a job
    svelte.createJobStore(queries.list_users, { team: 'a' })
  })

  it('for runes: the values of a store, with an error that has a code', () => {
    const store = svelte.createSubscriptionStore<null, string[]>('list_users', null)
    const users = forge.toReactive(store)
    expectTypeOf(users.data).toEqualTypeOf<string[] | null>()
    expectTypeOf(users.error).toEqualTypeOf<forge.ForgeError | null>()
    expectTypeOf(users).toExtend<forge.SubscriptionResult<string[]>>()
    expectTypeOf(store.current).toExtend<forge.SubscriptionResult<string[]>>()
  })

  it('for runes: a mutation takes the arguments of its function', () => {
    const creation = forge.toReactiveMutation((args: Name) => Promise.resolve(args.name))
    expectTypeOf(creation).toEqualTypeOf<forge.ReactiveMutation<Name, string>>()
    // @ts-expect-error the arguments are missing
    void creation.mutate()
    void forge.toReactiveMutation(() => Promise.resolve(1)).mutate()
  })
})
