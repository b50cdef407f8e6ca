import * as core from '@headway/core'
import * as react from '@headway/react'
import * as svelte from '@headway/svelte'
import * as vue from '@headway/vue'
import { describe, expectTypeOf, it } from 'vitest'
import type { ComputedRef } from 'vue'
import { client, jobs, type Url, workflows } from './definitions.fixture.ts'

describe('lists of runs', () => {
  type ExportRow = core.JobRow<Url>
  const filter = { name: jobs.export_users, tag: 'a' }

  it('rows have the types of the definitions in the filter', () => {
    const list = core.watchRuns(client, filter)
    expectTypeOf(list).toEqualTypeOf<core.RunsHandle<ExportRow>>()
    const both = core.watchRuns(client, { name: [jobs.export_users, workflows.verify] })
    type BothRow = ExportRow | core.WorkflowRow<boolean>
    expectTypeOf(both).toEqualTypeOf<core.RunsHandle<BothRow>>()
    expectTypeOf(core.watchRuns(client)).toEqualTypeOf<core.RunsHandle>()
    expectTypeOf(core.watchRuns(client, { name: 'a' })).toEqualTypeOf<core.RunsHandle>()
    // @ts-expect-error a filter has no such member
    core.watchRuns(client, { nome: 'a' })
    // @ts-expect-error there is no such status
    core.watchRuns(client, { status: 'done' })
  })

  it('in each framework, with a value or a getter', () => {
    expectTypeOf(react.useRuns(filter).runs).toEqualTypeOf<readonly ExportRow[]>()
    type Rows = ComputedRef<readonly ExportRow[]>
    expectTypeOf(vue.useRuns(filter).runs).toEqualTypeOf<Rows>()
    expectTypeOf(vue.useRuns(() => ({ name: jobs.export_users })).runs).toEqualTypeOf<Rows>()
    type Runs = core.RunsView<ExportRow>
    expectTypeOf(svelte.useRuns(filter).current).toEqualTypeOf<Runs>()
    expectTypeOf(svelte.useRuns(() => filter).current).toEqualTypeOf<Runs>()
    expectTypeOf(vue.useRuns().runs.value).toEqualTypeOf<readonly core.RunRow[]>()
  })

  it('select: its parameter and its result are typed', () => {
    const first = { select: ({ runs: [row] }: core.RunsView<ExportRow>) => row?.view.output?.url }
    type Text = string | undefined
    expectTypeOf(react.useRuns(filter, first)).toEqualTypeOf<Text>()
    expectTypeOf(vue.useRuns(() => filter, first)).toEqualTypeOf<ComputedRef<Text>>()
    expectTypeOf(svelte.useRuns(() => filter, first)).toEqualTypeOf<svelte.Readable<Text>>()
    const count = react.useRuns(filter, { select: ({ runs }) => runs.length })
    expectTypeOf(count).toEqualTypeOf<number>()
  })
})
