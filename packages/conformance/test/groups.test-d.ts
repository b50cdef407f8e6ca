import * as core from '@headway/core'
import * as react from '@headway/react'
import * as svelte from '@headway/svelte'
import * as vue from '@headway/vue'
import { describe, expectTypeOf, it } from 'vitest'
import type { ComputedRef } from 'vue'
import { client, type Format, jobs, workflows } from './definitions.fixture.ts'

describe('groups of runs', () => {
  type Group = core.JobHandle<core.GroupOutput>
  const list: Format[] = [{ format: 'csv' }]

  it('the arguments are those of the definition, the output the counts', () => {
    const group = core.startMany(client, jobs.export_users, [{ format: 'csv' }], {
      ...{ title: 'Exports', onFailure: 'stop' },
      label: ({ format }, index) => ({ title: `${format satisfies 'csv' | 'json'} ${index + 1}` }),
      onDone: ({ done }) => expectTypeOf(done).toEqualTypeOf<number>(),
    })
    expectTypeOf(group).toEqualTypeOf<Group>()
    expectTypeOf(group.getSnapshot().children).toEqualTypeOf<core.ChildCounts | null>()
    expectTypeOf(core.startMany(client, workflows.verify, [{ userId: 'u' }])).toEqualTypeOf<Group>()
    // @ts-expect-error a list, not the arguments of one run
    core.startMany(client, jobs.export_users, { format: 'csv' })
    // @ts-expect-error there is no such format
    core.startMany(client, jobs.export_users, [{ format: 'pdf' }])
    // @ts-expect-error there is no such choice
    core.startMany(client, jobs.export_users, list, { onFailure: 'retry' })
  })

  it('groupOf() is for groups that exist', () => {
    const definition = core.groupOf(workflows.verify)
    expectTypeOf(client.attach(definition, 'id')).toEqualTypeOf<Group>()
    // @ts-expect-error startMany() starts groups
    client.start(definition, list)
  })

  it('in each framework', () => {
    type Start = (args: readonly Format[]) => Group
    const many = react.useMany(jobs.export_users, { jobId: 'id', onFailure: 'continue' })
    expectTypeOf(many.start).toEqualTypeOf<Start>()
    expectTypeOf(many.children).toEqualTypeOf<core.ChildCounts | null>()
    expectTypeOf(many.output).toEqualTypeOf<core.GroupOutput | null>()
    const refs = vue.useMany(jobs.export_users, { jobId: () => undefined, args: () => list })
    expectTypeOf(refs.start).toEqualTypeOf<Start>()
    expectTypeOf(refs.children).toEqualTypeOf<ComputedRef<core.ChildCounts | null>>()
    const readable = svelte.useMany(jobs.export_users, { jobId: () => 'id' })
    expectTypeOf(readable.start).toEqualTypeOf<Start>()
    expectTypeOf(readable.current).toEqualTypeOf<core.JobView<core.GroupOutput>>()
    react.useMany(workflows.verify, { label: ({ userId }) => ({ title: userId }) })
    // @ts-expect-error there is no such format
    many.start([{ format: 'pdf' }])
  })

  it('select: its result is typed', () => {
    const done = { select: ({ children }: core.JobView<core.GroupOutput>) => children?.done }
    type Done = number | undefined
    expectTypeOf(react.useMany(jobs.export_users, done)).toEqualTypeOf<Done>()
    expectTypeOf(vue.useMany(jobs.export_users, done)).toEqualTypeOf<ComputedRef<Done>>()
    expectTypeOf(svelte.useMany(jobs.export_users, done)).toEqualTypeOf<svelte.Readable<Done>>()
  })
})
