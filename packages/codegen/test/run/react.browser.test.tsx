import { createFakeClient } from '@headway/core/testing'
import { HeadwayProvider } from '@headway/react'
import type { ReactNode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  useBuildReport,
  useCleanupOldTodos,
  useCreateTodo,
  useListMyTodos,
} from '../expected/full_app/camel/react/index.ts'
import { todo } from './todo.ts'

let fake: ReturnType<typeof createFakeClient>
let root: Root
let element: HTMLElement

beforeEach(() => {
  const queries = { list_my_todos: () => [todo], create_todo: () => todo }
  fake = createFakeClient({ workflows: ['build_report'], queries })
  element = document.body.appendChild(document.createElement('main'))
  root = createRoot(element)
})
afterEach(() => {
  root.unmount()
  element.remove()
  fake.client.close()
})

const show = (children: ReactNode): void =>
  root.render(<HeadwayProvider client={fake.client}>{children}</HeadwayProvider>)
const shows = (expected: string) => expect.poll(() => element.textContent).toBe(expected)

it('a job: snake_case is sent, camelCase arrives', async () => {
  function Cleanup() {
    const job = useCleanupOldTodos({ args: { request: { olderThanDays: 30 } } })
    return job.output ? `${job.output.deletedCount} deleted` : `${job.progress} %`
  }
  show(<Cleanup />)
  await expect.poll(() => fake.gateway.count('/rpc/cleanup_old_todos')).toBe(1)
  await fake.settled()
  await fake.last('cleanup_old_todos').running().progress(40)
  await shows('40 %')
  await fake.last('cleanup_old_todos').complete({ deleted_count: 7 })
  await shows('7 deleted')
  expect(fake.gateway.requests[0]?.body).toEqual({ args: { older_than_days: 30 } })
})

it('a workflow', async () => {
  function Report() {
    const workflow = useBuildReport()
    if (workflow.output) return workflow.output.url
    return (
      <button type="button" onClick={() => workflow.start({ userId: 'u1' })}>
        {workflow.phase}
      </button>
    )
  }
  show(<Report />)
  await shows('idle')
  element.querySelector('button')?.click()
  await shows('queued')
  await fake.last('build_report').complete({ url: '/1.pdf' })
  await shows('/1.pdf')
  expect(fake.gateway.requests[0]?.body).toEqual({ args: { user_id: 'u1' } })
})

it('a query and a mutation', async () => {
  function Todos() {
    const { data } = useListMyTodos()
    const creation = useCreateTodo()
    const create = () => creation.mutate({ title: 'Write', status: 'open' })
    return (
      <button type="button" onClick={() => void create()}>
        {data?.[0]?.userId} {creation.data?.createdAt}
      </button>
    )
  }
  show(<Todos />)
  await shows('u1 ')
  element.querySelector('button')?.click()
  await shows(`u1 ${todo.created_at}`)
})
