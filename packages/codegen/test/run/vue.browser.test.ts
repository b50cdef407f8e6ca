import { createFakeClient } from '@headway/core/testing'
import { headway } from '@headway/vue'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type App, createApp, defineComponent, h, ref } from 'vue'
import {
  useBuildReport,
  useCleanupOldTodos,
  useCountByStatus,
  useCreateTodo,
  useListMyTodos,
} from '../expected/full_app/camel/vue/index.ts'
import { todo } from './todo.ts'

let fake: ReturnType<typeof createFakeClient>
let app: App
let element: HTMLElement

beforeEach(() => {
  const queries = {
    list_my_todos: () => [todo],
    create_todo: () => todo,
    count_by_status: (args: unknown) => (args === 'open' ? 1 : 0),
  }
  fake = createFakeClient({ workflows: ['build_report'], queries })
  element = document.body.appendChild(document.createElement('main'))
})
afterEach(() => {
  app.unmount()
  element.remove()
  fake.client.close()
})

const show = (setup: () => () => ReturnType<typeof h>): void => {
  app = createApp(defineComponent({ setup }))
  app.use(headway(fake.client)).mount(element)
}
const shows = (expected: string) => expect.poll(() => element.textContent).toBe(expected)
const click = () => element.querySelector('button')?.click()

it('a job: snake_case is sent, camelCase arrives', async () => {
  show(() => {
    const { progress, output } = useCleanupOldTodos({ args: { request: { olderThanDays: 30 } } })
    return () => h('p', `${progress.value} % ${output.value?.deletedCount}`)
  })
  await expect.poll(() => fake.gateway.count('/rpc/cleanup_old_todos')).toBe(1)
  await fake.settled()
  await fake.last('cleanup_old_todos').running().progress(40)
  await shows('40 % undefined')
  await fake.last('cleanup_old_todos').complete({ deleted_count: 7 })
  await shows('40 % 7')
  expect(fake.gateway.requests[0]?.body).toEqual({ args: { older_than_days: 30 } })
})

it('a workflow', async () => {
  show(() => {
    const { phase, output, start } = useBuildReport()
    const text = () => output.value?.url ?? phase.value
    return () => h('button', { onClick: () => start({ userId: 'u1' }) }, text())
  })
  await shows('idle')
  click()
  await shows('queued')
  await fake.last('build_report').complete({ url: '/1.pdf' })
  await shows('/1.pdf')
  expect(fake.gateway.requests[0]?.body).toEqual({ args: { user_id: 'u1' } })
})

it('queries, one of them with a ref for its arguments, and a mutation', async () => {
  show(() => {
    const asked = ref<{ status: 'open' | 'done' }>({ status: 'done' })
    const { data: count } = useCountByStatus(asked)
    const { data } = useListMyTodos()
    const creation = useCreateTodo()
    const onClick = () => {
      asked.value = { status: 'open' }
      void creation.mutate({ title: 'Write', status: 'open' })
    }
    const text = () => [count.value, data.value?.[0]?.userId, creation.data.value?.createdAt]
    return () => h('button', { onClick }, text().join())
  })
  await shows('0,u1,')
  click()
  await shows(`1,u1,${todo.created_at}`)
})
