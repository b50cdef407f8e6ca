import {
  defineJob,
  defineMutation,
  defineQuery,
  type JobView,
  jobsOf,
  mutationsOf,
  queriesOf,
  withCodec,
} from '@headway/core'
import { expect, it } from 'vitest'
import { useJob, useMutation, useQuery } from '../src/index.ts'
import { element, exportUsers, fake, show, shows } from './support/page-under-test.tsx'

it('a definition, and arguments, written inside the component are the same in each render', async () => {
  let renders = 0
  function Page() {
    renders += 1
    const job = useJob(defineJob('export_users'), { args: { format: 'csv' } })
    const users = useQuery(defineQuery<{ team: string }, string[]>('list_users'), { team: 'a' })
    return `${job.phase} ${job.sync.status} ${users.data} ${users.sync.status}`
  }
  show(<Page />)
  await shows('queued live Ada live')
  const before = renders
  await fake.settled()
  expect(renders).toBe(before)
  expect(fake.gateway.registrations().sort()).toEqual(['job:job-1', 'sub:q1'])
})

it('jobsOf and its likes: names and types of an Api', async () => {
  interface Api {
    jobs: { export_users: { args: { format: 'csv' }; output: string } }
    queries: { list_users: { args: { team: string }; output: string[] } }
    mutations: { create_user: { args: { name: string }; output: number } }
  }
  const jobs = jobsOf<Api>()
  const queries = queriesOf<Api>()
  const mutations = mutationsOf<Api>()
  function Page() {
    const job = useJob(jobs.export_users, { args: { format: 'csv' } })
    const users = useQuery(
      queries.list_users,
      { team: 'a' },
      { select: ({ data }) => data?.length },
    )
    const creation = useMutation(mutations.create_user)
    const output: string | null = job.output
    const count: number | undefined = users
    const created: number | null = creation.data
    // @ts-expect-error a job has other arguments
    const typo = () => job.start({ format: 'xml' })
    return `${job.phase} ${output} ${count} ${created} ${typeof typo}`
  }
  show(<Page />)
  await shows('queued null 1 null function')
})

it('select is typed by what it gives', () => {
  const percent = (jobId: string): number | null =>
    useJob(exportUsers, { jobId, select: (job: JobView<string>) => job.progress })
  expect(percent).toBeTypeOf('function')
})

it('a codec: what is sent and what is shown is converted, also by a definition made in each render', async () => {
  const rows = new Set<unknown>()
  function Page() {
    const codec = {
      toWire: ({ userId }: { userId: string }) => ({ user_id: userId }),
      fromWire: (users: string[]) => users.map((name) => ({ name })),
    }
    const job = useJob(
      withCodec(defineJob<{ userId: string }, { name: string }[]>('export_users'), codec),
      { args: { userId: 'u1' } },
    )
    const { data } = useQuery(
      withCodec(defineQuery<{ userId: string }, { name: string }[]>('list_users'), codec),
      { userId: 'u1' },
    )
    const creation = useMutation(
      withCodec(defineMutation<{ userId: string }, { name: string }[]>('list_users'), codec),
    )
    if (data) rows.add(data)
    return (
      <button type="button" onClick={() => void creation.mutate({ userId: 'u2' })}>
        {[job.output, data, creation.data].map((users) => users?.[0]?.name).join()}
      </button>
    )
  }
  show(<Page />)
  await shows(',Ada,')
  await fake.last('export_users').complete(['Bo'])
  await shows('Bo,Ada,')
  element.querySelector('button')?.click()
  await shows('Bo,Ada,Ada')
  expect(rows.size).toBe(1)
  const args = fake.gateway.requests.flatMap(({ body }) => (body.args ? [body.args] : []))
  expect(args).toEqual([{ user_id: 'u1' }, { user_id: 'u2' }])
})
