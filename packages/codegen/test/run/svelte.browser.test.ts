import { createFakeClient } from '@headway/core/testing'
import { setClient } from '@headway/svelte'
import { flushSync, mount, unmount } from 'svelte'
import { get } from 'svelte/store'
import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  listMyTodos,
  listMyTodosStore$,
  trackBuildReport,
} from '../expected/full_app/camel/svelte/index.ts'
import Cleanup from './cleanup.svelte'
import { todo } from './todo.ts'

let fake: ReturnType<typeof createFakeClient>

beforeEach(() => {
  fake = createFakeClient({ workflows: ['build_report'], queries: { list_my_todos: () => [todo] } })
  setClient(fake.client)
})
afterEach(() => fake.client.close())

it('a page shows a job: snake_case is sent, camelCase arrives', async () => {
  const target = document.body.appendChild(document.createElement('main'))
  const page = mount(Cleanup, { target })
  const text = (): string => {
    flushSync()
    return target.textContent?.trim() ?? ''
  }
  await fake.settled()
  await fake.last('cleanup_old_todos').running().progress(40)
  await expect.poll(text).toBe('40 %')
  await fake.last('cleanup_old_todos').complete({ deleted_count: 7 })
  await expect.poll(text).toBe('7 deleted')
  expect(fake.gateway.requests[0]?.body).toEqual({ args: { older_than_days: 30 } })
  void unmount(page)
  target.remove()
})

it('a workflow', async () => {
  const workflow = trackBuildReport({ userId: 'u1' })
  const stop = workflow.subscribe(() => undefined)
  await fake.settled()
  await fake.last('build_report').step('collect', 'completed').complete({ url: '/1.pdf' })
  expect(get(workflow)).toMatchObject({ status: 'completed', output: { url: '/1.pdf' } })
  expect(fake.gateway.requests[0]?.body).toEqual({ args: { user_id: 'u1' } })
  stop()
})

it('a query, asked once and kept live', async () => {
  expect(await listMyTodos()).toMatchObject([{ userId: 'u1', createdAt: todo.created_at }])
  const todos = listMyTodosStore$()
  const stop = todos.subscribe(() => undefined)
  await fake.settled()
  expect(get(todos).data).toMatchObject([{ userId: 'u1', dueAt: null }])
  stop()
})
