import { createFakeClient } from '@headway/core/testing'
import { expect, it } from 'vitest'
import {
  countByStatus,
  createTodo,
  listMyTodos,
  trackBuildReport,
  trackCleanupOldTodos,
} from '../expected/full_app/camel/core/index.ts'
import { todo } from './todo.ts'

it('a job: snake_case is sent, camelCase arrives', async () => {
  const fake = createFakeClient({ workflows: ['build_report'] })
  const job = trackCleanupOldTodos(fake.client, { request: { olderThanDays: 30 } })
  await fake.settled()
  await fake.last('cleanup_old_todos').running().progress(40, 'row 4')
  expect(job.getSnapshot()).toMatchObject({ progress: 40, message: 'row 4', output: null })
  await fake.last('cleanup_old_todos').complete({ deleted_count: 7 })
  expect(await job.result).toEqual({ deletedCount: 7 })
  expect(fake.gateway.requests[0]).toMatchObject({
    path: '/rpc/cleanup_old_todos',
    body: { args: { older_than_days: 30 } },
  })
})

it('a workflow', async () => {
  const fake = createFakeClient({ workflows: ['build_report'] })
  const workflow = trackBuildReport(fake.client, { userId: 'u1' })
  await fake.settled()
  await fake.last('build_report').step('collect', 'completed').complete({ url: '/1.pdf' })
  expect(await workflow.result).toEqual({ url: '/1.pdf' })
  expect(fake.gateway.requests[0]?.body).toEqual({ args: { user_id: 'u1' } })
})

it('queries and mutations, by their definitions', async () => {
  const queries = { list_my_todos: () => [todo], count_by_status: () => 1, create_todo: () => todo }
  const fake = createFakeClient({ queries })
  const { user_id: userId, due_at: dueAt, created_at: createdAt, ...same } = todo
  const expected = { ...same, userId, dueAt, createdAt }
  const watched = fake.client.watch(listMyTodos, null)
  watched.subscribe(() => undefined)
  await fake.settled()
  expect(watched.getSnapshot().data).toEqual([expected])
  expect(await fake.client.call(createTodo, { title: 'Write', status: 'open' })).toEqual(expected)
  expect(await fake.client.call(countByStatus, { status: 'in_progress' })).toBe(1)
})
