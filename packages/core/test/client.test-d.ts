import { expectTypeOf } from 'vitest'
import {
  type Client,
  createClient,
  defineJob,
  type JobDefinition,
  type JobHandle,
  type JobView,
  type QueryHandle,
  type WorkflowHandle,
} from '../src/index.ts'

/** What a gateway's `typeof gateway.api` looks like. */
interface Api {
  jobs: {
    export_users: { args: { format: 'csv' | 'json' }; output: { downloadUrl: string } }
    clean_up: { args: undefined; output: null }
  }
  workflows: { verify: { args: { userId: string }; output: boolean } }
  queries: { list_users: { args: { team: string }; output: string[] } }
  mutations: {
    create_user: { args: { name: string }; output: { id: string } }
    ping: { args: undefined; output: 'pong' }
  }
}

declare const client: Client<Api>

// Names, arguments and outputs come from the Api.
const job = client.start('export_users', { format: 'csv' })
expectTypeOf(job).toEqualTypeOf<JobHandle<{ downloadUrl: string }>>()
expectTypeOf(job.result).resolves.toEqualTypeOf<{ downloadUrl: string }>()
expectTypeOf(job.getSnapshot()).toEqualTypeOf<JobView<{ downloadUrl: string }>>()
expectTypeOf(client.attach('export_users', undefined)).toEqualTypeOf<typeof job>()
expectTypeOf(client.startWorkflow('verify', { userId: 'u' })).toEqualTypeOf<
  WorkflowHandle<boolean>
>()
expectTypeOf(client.attachWorkflow('verify', 'w')).toEqualTypeOf<WorkflowHandle<boolean>>()
expectTypeOf(client.watch('list_users', { team: 'a' })).toEqualTypeOf<QueryHandle<string[]>>()
expectTypeOf(client.call('create_user', { name: 'ann' })).resolves.toEqualTypeOf<{ id: string }>()
expectTypeOf(client.call('list_users', { team: 'a' })).resolves.toEqualTypeOf<string[]>()
expectTypeOf(client.call('ping')).resolves.toEqualTypeOf<'pong'>()
expectTypeOf(client.start('clean_up')).toEqualTypeOf<JobHandle<null>>()
client.start('clean_up', undefined, { onDone: (output) => expectTypeOf(output).toBeNull() })
client.start('export_users', { format: 'json' }, { onDone: ({ downloadUrl }) => downloadUrl })

// @ts-expect-error no such job
client.start('export_user', { format: 'csv' })
// @ts-expect-error no such format
client.start('export_users', { format: 'pdf' })
// @ts-expect-error a query is not a job
client.start('list_users', { team: 'a' })
// @ts-expect-error the arguments may not be left out
client.call('create_user')
// @ts-expect-error the arguments may not be left out
client.start('export_users')
// @ts-expect-error the arguments may not be left out
client.startWorkflow('verify')
// @ts-expect-error a job is started, not called
client.call('export_users', { format: 'csv' })

// A definition brings its types along, whatever the Api says.
const cleanUp: JobDefinition<{ days: number }, number> = defineJob('clean_up')
expectTypeOf(client.start(cleanUp, { days: 3 })).toEqualTypeOf<JobHandle<number>>()
// @ts-expect-error days is a number
client.start(cleanUp, { days: '3' })

// Without an Api every name goes, and nobody knows what comes out.
const untyped = createClient({ url: 'http://localhost' })
expectTypeOf(untyped.call('anything', { at: 'all' })).resolves.toBeUnknown()
expectTypeOf(untyped.call('anything')).resolves.toBeUnknown()
expectTypeOf(untyped.start('anything', null)).toEqualTypeOf<JobHandle<unknown>>()

// A typed client goes where any client goes: providers, helpers.
const anyClient: Client = client
void anyClient
