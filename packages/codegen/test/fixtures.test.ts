import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { readSources } from '../src/files/read-sources.ts'
import { parseSources } from '../src/parse-sources.ts'
import { showSchema } from './support/show.ts'

const todoApp = [
  'query count_by_status({ status: TodoStatus }) → number',
  'query list_my_todos() → Todo[]',
  'mutation create_todo(CreateTodoInput) → Todo',
  'mutation delete_todo({ id: string }) → boolean',
  'job cleanup_old_todos({ request: CleanupRequest }) → CleanupOutput',
  'workflow build_report(ReportInput) → ReportOutput',
  'CleanupOutput { deleted_count: number }',
  'CleanupRequest { older_than_days: number }',
  'CreateTodoInput { title: string; status: TodoStatus }',
  'ReportInput { user_id: string }',
  'ReportOutput { url: string }',
  'Todo { id: string; user_id: string; title: string; status: TodoStatus; due_at?: string | null; created_at: string }',
  "TodoStatus = 'open' | 'in_progress' | 'done'",
]

it.each<[fixture: string, schema: string[]]>([
  ['minimal', ['query ping() → unit']],
  [
    'primitives',
    [
      'query count() → number',
      'query echo_string({ value: string }) → string',
      'query first_name({ id: number }) → string | null',
      'query list_ids() → number[]',
      'query list_optional_strings() → (string | null)[]',
      'mutation set_flag({ flag: boolean }) → boolean',
      'mutation weighted_sum({ weights: number[] }) → number',
    ],
  ],
  [
    'models_and_enums',
    [
      'query get_user({ id: string }) → UserSummary | null',
      'query list_users() → User[]',
      'User { id: string; email: string; display_name?: string | null; role: UserRole; created_at: string }',
      "UserRole = 'admin' | 'member' | 'guest'",
      'UserSummary { id: string; email: string; role: UserRole }',
    ],
  ],
  [
    'custom_args',
    [
      'query list_todos() → Todo[]',
      'mutation create_todo(CreateTodoInput) → Todo',
      'mutation delete_todo({ id: string }) → boolean',
      'mutation update_todo(UpdateTodoInput) → Todo',
      'CreateTodoInput { title: string }',
      'Todo { id: string; title: string; completed: boolean }',
      'UpdateTodoInput { id: string; title?: string | null; completed?: boolean | null }',
    ],
  ],
  [
    'jobs_and_workflows',
    [
      'job export_users({ request: ExportRequest }) → ExportResult',
      'workflow verify_account(VerifyInput) → VerifyOutput',
      'ExportRequest { format: string; include_archived: boolean }',
      'ExportResult { url: string; row_count: number }',
      'VerifyInput { user_id: string; email: string }',
      'VerifyOutput { verified: boolean }',
    ],
  ],
  [
    'upload',
    [
      'mutation upload_avatar(AvatarInput) → string',
      'mutation upload_file({ file: upload }) → string',
      'AvatarInput { name: string; file: upload }',
    ],
  ],
  ['full_app', todoApp],
  [
    'full_app_with_auth',
    [
      ...todoApp.slice(0, 4),
      'mutation refresh(RefreshInput) → TokenPair',
      ...todoApp.slice(4, 9),
      'RefreshInput { refresh_token: string }',
      ...todoApp.slice(9, 11),
      ...todoApp.slice(11, 13),
      'TokenPair { access_token: string; refresh_token: string }',
    ],
  ],
])('%s', async (fixture, schema) => {
  const folder = fileURLToPath(new URL(`fixtures/${fixture}`, import.meta.url))
  const parsed = await parseSources(await readSources(folder))
  expect('schema' in parsed ? showSchema(parsed.schema) : parsed.problems).toEqual(schema)
})
