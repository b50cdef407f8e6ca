import { expectTypeOf } from 'vitest'
import {
  type Client,
  defineJob,
  defineMutation,
  defineQuery,
  defineWorkflow,
  type JobDefinition,
  type JobHandle,
  type MutationDefinition,
  type QueryDefinition,
  type QueryHandle,
  type WorkflowDefinition,
  type WorkflowHandle,
  type WorkflowView,
} from '../src/index.ts'

declare const client: Client

const exportUsers = defineJob<{ format: string }, { url: string }>('export_users')
expectTypeOf(exportUsers).toEqualTypeOf<JobDefinition<{ format: string }, { url: string }>>()
expectTypeOf(client.start(exportUsers, { format: 'csv' })).toEqualTypeOf<
  JobHandle<{ url: string }>
>()
expectTypeOf(client.attach(exportUsers, 'id')).toEqualTypeOf<JobHandle<{ url: string }>>()

const verify = defineWorkflow<{ userId: string }, boolean>('verify')
expectTypeOf(verify).toEqualTypeOf<WorkflowDefinition<{ userId: string }, boolean>>()
const workflow = client.start(verify, { userId: 'u' })
expectTypeOf(workflow).toEqualTypeOf<WorkflowHandle<boolean>>()
expectTypeOf(workflow.getSnapshot()).toEqualTypeOf<WorkflowView<boolean>>()
expectTypeOf(client.attach(verify, undefined)).toEqualTypeOf<WorkflowHandle<boolean>>()

const told = defineWorkflow<null, null, { clicked: { by: string } }>('told')
client.sendEvent(told, 'id', 'clicked', { by: 'Ann' })
// @ts-expect-error there is no such event
client.sendEvent(told, 'id', 'other')
// @ts-expect-error it carries who clicked
client.sendEvent(told, 'id', 'clicked', { by: 1 })
// Of this one nobody has said which events there are.
client.sendEvent(verify, 'id', 'anything', 1)
client.sendEvent('any', 'id', 'anything', 1)

const listUsers = defineQuery<{ team: string }, string[]>('list_users')
expectTypeOf(listUsers).toEqualTypeOf<QueryDefinition<{ team: string }, string[]>>()
expectTypeOf(client.watch(listUsers, { team: 'a' })).toEqualTypeOf<QueryHandle<string[]>>()
expectTypeOf(client.watch(listUsers, { team: 'a' }).getSnapshot().data).toEqualTypeOf<
  string[] | null
>()

const createUser = defineMutation<{ name: string }, { id: string }>('create_user')
expectTypeOf(createUser).toEqualTypeOf<MutationDefinition<{ name: string }, { id: string }>>()
expectTypeOf(client.call(createUser, { name: 'ann' })).resolves.toEqualTypeOf<{ id: string }>()
expectTypeOf(client.call(listUsers, { team: 'a' })).resolves.toEqualTypeOf<string[]>()

// One kind is not another.
// @ts-expect-error a query is not started
client.start(listUsers, { team: 'a' })
// @ts-expect-error a job is not watched
client.watch(exportUsers, { format: 'csv' })
// @ts-expect-error a workflow is not called
client.call(verify, { userId: 'u' })
// @ts-expect-error the arguments are those of the definition
client.start(exportUsers, { form: 'csv' })
