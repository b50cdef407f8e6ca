import type { JobDefinition, MutationDefinition, QueryDefinition } from '@headway/core'
import * as shared from '@headway/example-shared'
import type { ApiOf } from '@headway/gateway'
import { expectTypeOf, it } from 'vitest'
import type { createApp } from '../src/app.ts'

type App = ReturnType<typeof createApp>
type Api = ApiOf<App['jobs'], App['workflows'], App['queries'], App['mutations']>
type Job<TName extends keyof Api['jobs']> = JobDefinition<
  Api['jobs'][TName]['args'],
  Api['jobs'][TName]['output']
>
type Query<TName extends keyof Api['queries']> = QueryDefinition<
  Api['queries'][TName]['args'],
  Api['queries'][TName]['output']
>
type Mutation<TName extends keyof Api['mutations']> = MutationDefinition<
  Api['mutations'][TName]['args'],
  Api['mutations'][TName]['output']
>

it('what the page asks for is what the app gives', () => {
  expectTypeOf(shared.exportUsers).toEqualTypeOf<Job<'export_users'>>()
  expectTypeOf(shared.importUsers).toEqualTypeOf<Job<'import_users'>>()
  expectTypeOf(shared.newestExports).toEqualTypeOf<Query<'newest_exports'>>()
  expectTypeOf(shared.deleteExport).toEqualTypeOf<Mutation<'delete_export'>>()
  expectTypeOf(shared.uploadUsers).toEqualTypeOf<Mutation<'upload_users'>>()
})
