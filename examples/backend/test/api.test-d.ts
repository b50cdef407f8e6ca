import type {
  JobDefinition,
  MutationDefinition,
  QueryDefinition,
  WorkflowDefinition,
} from '@headway/core'
import { jobs, type ListedExport, mutations, queries, workflows } from '@headway/example-shared'
import { expectTypeOf, it } from 'vitest'

it('pages get names and types from the app', () => {
  expectTypeOf(jobs.export_users).toEqualTypeOf<
    JobDefinition<{ format: 'csv' | 'json' }, { downloadUrl: string; rows: number }>
  >()
  expectTypeOf(jobs.import_users).toEqualTypeOf<JobDefinition<{ file: string }, { rows: number }>>()
  expectTypeOf(jobs.import_file).toEqualTypeOf<
    JobDefinition<{ file: string; rows: number; isBroken: boolean }, { rows: number }>
  >()
  expectTypeOf(mutations.upload_users).toEqualTypeOf<
    MutationDefinition<{ file: Blob }, { job: string }>
  >()
  expectTypeOf(mutations.delete_export).toEqualTypeOf<MutationDefinition<{ id: string }, null>>()
  expectTypeOf(queries.newest_exports).toExtend<QueryDefinition<never, ListedExport[]>>()
  expectTypeOf(workflows.account_verification).toEqualTypeOf<
    WorkflowDefinition<
      { email: string; fail: boolean },
      { account: string },
      { email_confirmed: { clickedAt: string } }
    >
  >()
})

it('a date has become text on its way', () => {
  expectTypeOf<ListedExport['createdAt']>().toEqualTypeOf<string>()
  expectTypeOf<ListedExport['rows']>().toEqualTypeOf<number>()
})
