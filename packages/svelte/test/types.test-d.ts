import { defineJob, defineQuery, defineWorkflow, type NoArgs } from '@headway/core'
import { expectTypeOf, it } from 'vitest'
import {
  type ForgeError,
  type ReactiveMutation,
  type SubscriptionResult,
  toReactive,
  toReactiveMutation,
} from '../src/forge/index.ts'
import {
  createStores,
  createSubscriptionStore,
  type Readable,
  useJob,
  useQuery,
  useWorkflow,
} from '../src/index.ts'

interface Api {
  jobs: {
    export_users: { args: { format: 'csv' | 'json' }; output: { url: string } }
    clean_up: { args: undefined; output: null }
  }
  workflows: { verify_account: { args: { userId: string }; output: { ok: boolean } } }
  queries: {
    list_users: { args: { team: string }; output: string[] }
    report: { args: undefined; output: number }
  }
}

const exportUsers = defineJob<{ format: 'csv' | 'json' }, { url: string }>('export_users')
const verifyAccount = defineWorkflow<{ userId: string }, { ok: boolean }>('verify_account')
const listUsers = defineQuery<{ team: string }, string[]>('list_users')
const typed = createStores<Api>()

it('select is given what it selects from, and types what comes out', () => {
  const job = useJob(exportUsers, { jobId: '1', select: (job) => job.output?.url })
  const workflow = useWorkflow(verifyAccount, { select: ({ output }) => output?.ok })
  const query = useQuery(listUsers, { team: 'a' }, { select: ({ data }) => data?.length })
  expectTypeOf(job).toEqualTypeOf<Readable<string | undefined>>()
  expectTypeOf(workflow).toEqualTypeOf<Readable<boolean | undefined>>()
  expectTypeOf(query).toEqualTypeOf<Readable<number | undefined>>()
})

it('the same by name', () => {
  const job = typed.useJob('export_users', { select: (job) => job.output?.url })
  const workflow = typed.useWorkflow('verify_account', { select: ({ output }) => output?.ok })
  const query = typed.useQuery('list_users', { team: 'a' }, { select: (users) => users.data })
  expectTypeOf(job).toEqualTypeOf<Readable<string | undefined>>()
  expectTypeOf(workflow).toEqualTypeOf<Readable<boolean | undefined>>()
  expectTypeOf(query).toEqualTypeOf<Readable<string[] | null>>()
})

it('without select it is all of it, and callbacks are given the output', () => {
  const job = useJob(exportUsers, {
    args: { format: 'csv' },
    onDone: ({ url }) => expectTypeOf(url).toEqualTypeOf<string>(),
    onFail: (error) => expectTypeOf(error.message).toEqualTypeOf<string>(),
  })
  const workflow = typed.useWorkflow('verify_account', {
    onDone: ({ ok }) => expectTypeOf(ok).toEqualTypeOf<boolean>(),
  })
  expectTypeOf(job.start).parameter(0).toEqualTypeOf<{ format: 'csv' | 'json' }>()
  expectTypeOf(workflow.start).parameter(0).toEqualTypeOf<{ userId: string }>()
  // @ts-expect-error a job has other arguments
  useJob(exportUsers, { args: { format: 'xml' } })
  // @ts-expect-error there is no such option
  useJob(exportUsers, { job: '1' })
})

it('what takes nothing is asked with nothing, and anything else is not', () => {
  typed.useQuery('report')
  typed.useQuery('report', undefined, { enabled: false })
  // @ts-expect-error the arguments may not be left out
  typed.useQuery('list_users')
})

it('what takes nothing is started with nothing, and anything else is not', () => {
  typed.useJob('clean_up').start()
  useJob(defineJob<NoArgs, null>('clean_up')).start()
  // @ts-expect-error the arguments may not be left out
  typed.useJob('export_users').start()
  // @ts-expect-error the arguments may not be left out
  useJob(exportUsers).start()
})

it('for runes: what a store gives, with an error that has a code', () => {
  const store = createSubscriptionStore<null, string[]>('list_users', null)
  const users = toReactive(store)
  expectTypeOf(users.data).toEqualTypeOf<string[] | null>()
  expectTypeOf(users.error).toEqualTypeOf<ForgeError | null>()
  expectTypeOf(users).toExtend<SubscriptionResult<string[]>>()
  expectTypeOf(store.current).toExtend<SubscriptionResult<string[]>>()
})

it('for runes: a mutation takes what its function takes', () => {
  const creation = toReactiveMutation((args: { name: string }) => Promise.resolve(args.name))
  expectTypeOf(creation).toEqualTypeOf<ReactiveMutation<{ name: string }, string>>()
  // @ts-expect-error the arguments may not be left out
  void creation.mutate()
  void toReactiveMutation(() => Promise.resolve(1)).mutate()
})
