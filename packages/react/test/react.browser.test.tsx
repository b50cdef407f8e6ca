import {
  type Client,
  defineJob,
  defineMutation,
  defineQuery,
  type JobHandle,
  type JobView,
  jobsOf,
  mutationsOf,
  queriesOf,
  withCodec,
} from '@headway/core'
import { createFakeClient } from '@headway/core/testing'
import * as React from 'react'
import { type ReactNode, StrictMode, Suspense, startTransition, useState } from 'react'
import { flushSync } from 'react-dom'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from 'vitest'
import {
  HeadwayProvider,
  setClient,
  useClient,
  useJob,
  useMutation,
  useQuery,
} from '../src/index.ts'

const exportUsers = defineJob<{ format: string }, string>('export_users')
const listUsers = defineQuery<{ team: string }, string[]>('list_users')

let fake: ReturnType<typeof createFakeClient>
let root: Root
let element: HTMLElement
/** All that was to be seen, in order. */
let seen: (string | null)[]

beforeEach(() => {
  fake = createFakeClient({ queries: { list_users: () => ['Ada'] } })
  element = document.body.appendChild(document.createElement('main'))
  seen = []
  const look = () => seen.push(text())
  const whatever = { subtree: true, childList: true, characterData: true }
  new MutationObserver(look).observe(element, whatever)
  root = createRoot(element)
})
afterEach(() => {
  root.unmount()
  element.remove()
  fake.client.close()
})

const show = (children: ReactNode, client: Client | null = fake.client): void => {
  const page = client ? <HeadwayProvider client={client}>{children}</HeadwayProvider> : children
  root.render(<StrictMode>{page}</StrictMode>)
}
const text = () => element.textContent
const shows = (expected: string) => expect.poll(text).toBe(expected)

function Progress({ jobId, suspense }: { jobId?: string; suspense?: boolean }) {
  const { progress, sync } = useJob(exportUsers, { jobId, suspense })
  return `${jobId} ${progress} ${sync.status}`
}

describe('Suspense', () => {
  it('waits for the first state of a job, on one promise and one registration', async () => {
    const { job_id } = fake.gateway.createJob({ status: 'running', progress: 40 })
    const thrown: unknown[] = []
    function Spying() {
      try {
        return Progress({ jobId: job_id, suspense: true })
      } catch (promise) {
        thrown.push(promise)
        throw promise
      }
    }
    show(
      <Suspense fallback="waiting">
        <Spying />, <Spying />
      </Suspense>,
    )
    await shows('job-1 40 live, job-1 40 live')
    expect(seen[0]).toBe('waiting')
    expect(new Set(thrown).size).toBe(1)
    expect(fake.gateway.count('/subscribe-batch')).toBe(1)
    fake.gateway.update(job_id, { progress: 50 })
    await shows('job-1 50 live, job-1 50 live')
  })

  it('waits for the first result of a query, and then goes on with it', async () => {
    function Users() {
      return useQuery(listUsers, { team: 'a' }, { suspense: true }).data?.join()
    }
    show(
      <Suspense fallback="waiting">
        <Users />
      </Suspense>,
    )
    await shows('Ada')
    expect(seen[0]).toBe('waiting')
    expect(fake.gateway.count('/subscribe-batch')).toBe(1)
  })

  it('ends when there is nothing to wait for: a refusal is shown, and a job that is missing', async () => {
    function Phase() {
      return useJob(exportUsers, { jobId: 'nobody', suspense: true }).phase
    }
    show(
      <Suspense fallback="waiting">
        <Phase />
      </Suspense>,
    )
    await shows('missing')
  })

  it('in a transition: what was shown stays until the next job is there', async () => {
    const first = fake.gateway.createJob({ status: 'running', progress: 40 })
    const second = fake.gateway.createJob({ status: 'running', progress: 10 })
    let follow = (_id: string): void => undefined
    function Page() {
      const [jobId, setJobId] = useState(first.job_id)
      follow = setJobId
      return (
        <Suspense fallback="waiting">
          <Progress jobId={jobId} suspense />
        </Suspense>
      )
    }
    show(<Page />)
    await shows('job-1 40 live')
    seen = []
    startTransition(() => follow(second.job_id))
    await shows('job-2 10 live')
    expect(seen).not.toContain('waiting')
  })
})

/** From React 19.2 on. */
const Activity = 'Activity' in React ? React.Activity : null

describe.runIf(Activity)('Activity', () => {
  it('hidden, it lets go; shown again, it is up to date, and has started nothing anew', async () => {
    let setMode = (_mode: 'visible' | 'hidden'): void => undefined
    function Job() {
      return useJob(exportUsers, { args: { format: 'csv' } }).progress
    }
    function Page() {
      const [mode, set] = useState<'visible' | 'hidden'>('visible')
      setMode = set
      return Activity && <Activity mode={mode}>{<Job />}</Activity>
    }
    show(<Page />)
    await expect.poll(fake.gateway.registrations).toEqual(['job:job-1'])
    await fake.last('export_users').running().progress(40)
    await shows('40')
    flushSync(() => setMode('hidden'))
    await fake.settled()
    await fake.advance(1_000)
    await expect.poll(fake.gateway.registrations).toEqual([])
    fake.gateway.update('job-1', { progress: 70 })
    flushSync(() => setMode('visible'))
    await shows('70')
    expect(fake.gateway.count('/rpc/export_users')).toBe(1)
  })
})
if (!Activity) console.log(`<Activity> is not tested: React ${React.version} has none`)

it('a definition, and arguments, written inside the component are the same in each render', async () => {
  let renders = 0
  function Page() {
    renders += 1
    const job = useJob(defineJob('export_users'), { args: { format: 'csv' } })
    const users = useQuery(defineQuery<{ team: string }, string[]>('list_users'), { team: 'a' })
    return `${job.phase} ${users.data}`
  }
  show(<Page />)
  await shows('queued Ada')
  const before = renders
  await fake.settled()
  expect(renders).toBe(before)
  expect(fake.gateway.registrations().sort()).toEqual(['job:job-1', 'sub:q1'])
})

it('what can be done stays the same function, and is about the newest run', async () => {
  const starts: ((args: { format: string }) => JobHandle<string>)[] = []
  function Page() {
    const job = useJob(exportUsers)
    starts.push(job.start)
    return job.phase
  }
  show(<Page />)
  await shows('idle')
  const handle = starts.at(-1)?.({ format: 'csv' })
  await shows('queued')
  const before = starts.at(-1)
  await fake.last('export_users').running().progress(40).progress(60)
  expect(starts.at(-1)).toBe(before)
  await fake.last('export_users').running().complete('done')
  await expect(handle?.result).resolves.toBe('done')
  await shows('succeeded')
})

it('unmounted while its result is awaited, the job is followed to its end', async () => {
  let result: Promise<string> | undefined
  function Page() {
    const job = useJob(exportUsers)
    return (
      <button type="button" onClick={() => (result = job.start({ format: 'csv' }).result)}>
        Export
      </button>
    )
  }
  show(<Page />)
  await shows('Export')
  element.querySelector('button')?.click()
  root.render(null)
  await fake.settled()
  await fake.advance(2_000)
  await fake.last('export_users').complete('done')
  await expect(result).resolves.toBe('done')
})

it('another client below the same provider is another page: nothing of the first one is shown', async () => {
  const other = createFakeClient()
  show(<Progress jobId={fake.gateway.createJob({ progress: 10 }).job_id} />)
  await shows('job-1 10 live')
  other.gateway.createJob({ progress: 90 })
  show(<Progress jobId="job-1" />, other.client)
  await shows('job-1 90 live')
  other.client.close()
})

it('without a provider it is the client of the page, and without that it says what to do', async () => {
  let message = ''
  function Lost() {
    try {
      return Progress({ jobId: 'job-1' })
    } catch (error) {
      message = String(error)
      return null
    }
  }
  show(<Lost />, null)
  await expect.poll(() => message).toContain('setClient(createClient())')
  setClient(fake.client)
  fake.gateway.createJob({ progress: 10 })
  show(<Progress jobId="job-1" />, null)
  await shows('job-1 10 live')
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

it('useMutation and useClient as plain functions of the page', async () => {
  fake.gateway.intercept(({ path }) =>
    path === '/rpc/create_user'
      ? new Response('{"success":true,"data":7}', {
          headers: { 'content-type': 'application/json' },
        })
      : undefined,
  )
  function Page() {
    const { mutate, pending, data } = useMutation(defineMutation<string, number>('create_user'))
    const { reconnectNow } = useClient()
    return (
      <button type="button" disabled={pending} onClick={() => mutate('Ada').then(reconnectNow)}>
        {String(data)}
      </button>
    )
  }
  show(<Page />)
  await shows('null')
  element.querySelector('button')?.click()
  await shows('7')
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
