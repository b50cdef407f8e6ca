import { Suspense, startTransition, useState } from 'react'
import { describe, expect, it } from 'vitest'
import { useJob, useQuery, useRuns } from '../src/index.ts'
import {
  exportUsers,
  fake,
  listUsers,
  Progress,
  seen,
  show,
  shows,
} from './support/page-under-test.tsx'

/** The registrations in the requests that opened streams. */
const carried = (): unknown[] =>
  fake.gateway.requests.flatMap(({ path, body }) => (path === '/events' ? (body.items ?? []) : []))

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
    expect(carried()).toHaveLength(1)
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
    expect(carried()).toHaveLength(1)
  })

  it('does not wait for the children of a run that is not created yet', async () => {
    function Children() {
      return useRuns({ parent: '' }, { suspense: true }).loading ? 'loading' : 'there'
    }
    show(
      <Suspense fallback="waiting">
        <Children />
      </Suspense>,
    )
    await shows('loading')
    expect(seen).not.toContain('waiting')
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
    seen.length = 0
    startTransition(() => follow(second.job_id))
    await shows('job-2 10 live')
    expect(seen).not.toContain('waiting')
  })
})
